"""Platform, merchants, regions, stores, staff, roles, API keys, and the audit log of all changes (J1)."""
