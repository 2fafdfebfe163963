//! The tracer over small invented sets, over random ones, and over texts made to cost.

mod hostile;
mod random;
mod tracer;
