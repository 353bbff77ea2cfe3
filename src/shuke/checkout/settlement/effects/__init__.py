"""What each effect takes off a basket: by the piece (`each`, `sets`, `bundle`, `gift`), or off the order as a whole."""
