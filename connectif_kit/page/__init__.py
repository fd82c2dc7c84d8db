"""What a page holds, worked out once for whoever asks: inject, audit and the preview."""
