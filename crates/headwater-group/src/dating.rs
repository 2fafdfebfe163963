//! Days of publication and of happenings, worked out from what several reports tell.
