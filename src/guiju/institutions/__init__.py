"""The web system: public pages, what is stored for them, and the processes that serve them."""
