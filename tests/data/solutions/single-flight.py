import threading
from concurrent.futures import Future


class SingleFlight:
    def __init__(self, load):
        self.load, self.lock, self.values, self.flights = load, threading.Lock(), {}, {}

    def get(self, key):
        with self.lock:
            if key in self.values:
                return self.values[key]
            flight, leads = self.flights.get(key), key not in self.flights
            if leads:
                flight = self.flights[key] = Future()
        return self.fly(key, flight) if leads else flight.result()

    def fly(self, key, flight):
        try:
            flight.set_result(self.load(key))
        except BaseException as error:
            flight.set_exception(error)
        with self.lock:
            if self.flights.get(key) is flight:
                del self.flights[key]
                if flight.exception() is None:
                    self.values[key] = flight.result()
        return flight.result()

    def invalidate(self, key):
        with self.lock:
            self.values.pop(key, None)
            self.flights.pop(key, None)
