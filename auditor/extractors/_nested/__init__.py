"""How encoded values are told, decoded in their place, and handed on: `nested` is the way in."""
