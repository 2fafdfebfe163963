//! One entity for one person, organisation, place or government in all reports.
