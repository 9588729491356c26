"""What is made when the wheel is built."""
