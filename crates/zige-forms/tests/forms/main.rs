//! Forms from the outside: filled, printed, written, and read back by others.

mod anybody;
mod calendar;
mod docx;
mod docx_back;
mod everyone;
mod hand_over;
mod liaoning;
mod paper;
mod print;
mod recommendation;
mod sample;
mod two_applicants;
mod xlsx;
