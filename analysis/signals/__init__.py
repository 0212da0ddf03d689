"""What the camera says: frames in, signals out. Landmarks never leave this folder and are never stored.

landmarks.Detector → measure.Measurer → SignalFrame; then summary.summarise and events.find_events
over the frames of one answer. sampler.Sampler does it live, calibration.calibrate sets the zero,
framing.framing helps to sit right, registry.SIGNALS names and explains every number.
"""
