"""Contacts, products, purchases and coupons through the HTTP API: planned, then sent, losing nothing."""
