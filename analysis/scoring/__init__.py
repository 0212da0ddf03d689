"""Answer in, levels with verified quotes out. Never sees a camera signal."""
