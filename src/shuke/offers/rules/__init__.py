"""What makes an offer whole and free of contradictions, and what codes and shared packets are made of. Pure."""
