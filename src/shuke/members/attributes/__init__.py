"""What a merchant keeps about members beside the fields that every member has, as far as it was decided."""
