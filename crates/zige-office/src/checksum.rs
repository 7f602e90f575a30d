//! CRC-32 as archives have it (ISO 3309).

/// One step of eight bits for each value of a byte.
const STEPS: [u32; 256] = steps();

#[expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "the table is made while compiling, for the numbers 0 to 255"
)]
const fn steps() -> [u32; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut state = byte as u32;
        let mut bit = 0;
        while bit < 8 {
            state = (state >> 1) ^ (0xEDB8_8320 & (state & 1).wrapping_neg());
            bit += 1;
        }
        table[byte] = state;
        byte += 1;
    }
    table
}

/// The checksum of these bytes.
#[must_use]
pub fn checksum(data: &[u8]) -> u32 {
    let state = data.iter().fold(u32::MAX, |state, byte| {
        let [low, ..] = state.to_le_bytes();
        let step = STEPS.get(usize::from(low ^ byte)).copied().unwrap_or(0);
        (state >> 8) ^ step
    });
    !state
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_standard_one() {
        assert_eq!(checksum(b"123456789"), 0xCBF4_3926);
        assert_eq!(checksum(b""), 0);
        assert_eq!(checksum(&[0xFF; 32]), 0xFF6C_AB0B);
    }
}
