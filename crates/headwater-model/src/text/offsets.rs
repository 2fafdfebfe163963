//! Between byte offsets and Unicode code points.

/// Answers code-point offsets for byte offsets of one text, in time logarithmic in its length.
pub struct CodePoints {
    /// (byte, code point) at every `STEP` code points.
    marks: Vec<(u32, u32)>,
}

const STEP: u32 = 64;

impl CodePoints {
    /// Reads the text once.
    pub fn new(text: &str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / STEP as usize + 1);
        for (n, (byte, _)) in text.char_indices().enumerate() {
            if (n as u32).is_multiple_of(STEP) {
                marks.push((byte as u32, n as u32));
            }
        }
        CodePoints { marks }
    }

    /// Code points before `byte`.
    pub fn of_byte(&self, text: &str, byte: u32) -> u32 {
        let byte = (byte as usize).min(text.len());
        let i = self.marks.partition_point(|m| m.0 as usize <= byte);
        let (b, n) = if i == 0 { (0, 0) } else { self.marks[i - 1] };
        n + text.as_bytes()[b as usize..byte].iter().filter(|b| (**b & 0xc0) != 0x80).count() as u32
    }

    /// The byte at which code point `point` begins; the text's length when past the end.
    pub fn to_byte(&self, text: &str, point: u32) -> u32 {
        let i = self.marks.partition_point(|m| m.1 <= point);
        let (b, n) = if i == 0 { (0, 0) } else { self.marks[i - 1] };
        text[b as usize..]
            .char_indices()
            .nth((point - n) as usize)
            .map_or(text.len() as u32, |(k, _)| b + k as u32)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn there_and_back() {
        let text = "aé€😀".repeat(100);
        let map = super::CodePoints::new(&text);
        for (n, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(map.of_byte(&text, byte as u32), n as u32);
            assert_eq!(map.to_byte(&text, n as u32), byte as u32);
        }
        assert_eq!(map.to_byte(&text, 10_000), text.len() as u32);
    }
}
