"""Frame in, signals out: eye contact and posture. Landmarks never leave this package."""
