import heapq
from collections import deque


class Level:
    def __init__(self):
        self.orders, self.live = deque(), 0


class Book:
    def __init__(self):
        self.levels = {"buy": {}, "sell": {}}
        self.prices = {"buy": [], "sell": []}
        self.orders, self.last_id = {}, 0

    def submit(self, side, price, quantity):
        if side not in self.levels or price < 1 or quantity < 1:
            raise ValueError("not an order")
        self.last_id += 1
        trades = []
        other = "sell" if side == "buy" else "buy"
        while quantity:
            best = self._best(other)
            if best is None or (best > price if side == "buy" else best < price):
                break
            quantity -= self._trade(other, best, quantity, trades)
        if quantity:
            self._put(side, price, quantity)
        return self.last_id, trades

    def cancel(self, order_id):
        if order_id not in self.orders:
            return False
        side, price, order = self.orders.pop(order_id)
        order[1] = 0
        self._leave(side, price)
        return True

    def best(self):
        return self._best("buy"), self._best("sell")

    def _trade(self, side, price, wanted, trades):
        queue = self.levels[side][price].orders
        while queue[0][1] == 0:
            queue.popleft()
        order = queue[0]
        traded = min(order[1], wanted)
        order[1] -= traded
        trades.append((order[0], price, traded))
        if order[1] == 0:
            queue.popleft()
            del self.orders[order[0]]
            self._leave(side, price)
        return traded

    def _put(self, side, price, quantity):
        if price not in self.levels[side]:
            self.levels[side][price] = Level()
            heapq.heappush(self.prices[side], -price if side == "buy" else price)
        level, order = self.levels[side][price], [self.last_id, quantity]
        level.orders.append(order)
        level.live += 1
        self.orders[self.last_id] = side, price, order

    def _leave(self, side, price):
        level = self.levels[side][price]
        level.live -= 1
        if level.live == 0:
            del self.levels[side][price]

    def _best(self, side):
        heap = self.prices[side]
        while heap:
            price = -heap[0] if side == "buy" else heap[0]
            if price in self.levels[side]:
                return price
            heapq.heappop(heap)
        return None
