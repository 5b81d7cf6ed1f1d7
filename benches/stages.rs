//! Speed of the stages. To be written.

fn main() {}
