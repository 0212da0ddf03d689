"""What is chosen once and kept: voice, speech model, camera metrics, connection, erasing."""
