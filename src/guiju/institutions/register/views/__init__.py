"""Pages of the register: the public list and its entries, and what an organisation does with its systems at the desk."""
