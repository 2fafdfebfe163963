//! Reports of the same happening, and happenings of the same story.
