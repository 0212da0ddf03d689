"""What runs while somebody is in the room: threads that cannot die unseen, and who may find them again.

Plain Python without Streamlit. What fails is logged and told as an event; a look-up asks who is looking.
"""
