"""One file a stage: each looks at the basket as the stages before left it, and says what it takes off."""
