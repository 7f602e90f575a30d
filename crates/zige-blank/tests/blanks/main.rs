//! Blank forms in the shapes that offices hand out, each with a key of what every cell must get.
//!
//! `forms/*.form` is a form in a small language (see `build`), `forms/*.key` what must stand in
//! which cell. What is not in the key must keep its text; `?` in a key says that the answer is known and the
//! cell left to the person, which counts against recall.

mod build;
mod corpus;
mod forms;
mod hostile;
mod look;
mod person;
