//! Articles for the benches of what is alike: a hundred to three hundred words of twenty thousand, six in ten an own
//! text, the others cut and worn copies of one of the last thousand. The same size gives the same texts.

/// Articles of which copies are made (articles).
const LATELY: usize = 1000;

struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n.max(1)
    }
}

/// Texts one after the other, each with its number of words.
pub(crate) struct Invented {
    dice: Dice,
    lately: Vec<Vec<u32>>,
    made: usize,
    size: usize,
}

impl Invented {
    /// `size` texts.
    pub(crate) fn new(size: usize) -> Self {
        Invented { dice: Dice(size as u64), lately: Vec::new(), made: 0, size }
    }
}

impl Iterator for Invented {
    type Item = (String, usize);

    fn next(&mut self) -> Option<Self::Item> {
        if self.made == self.size {
            return None;
        }
        let dice = &mut self.dice;
        let mut own: Vec<u32> = if self.lately.is_empty() || dice.below(10) < 6 {
            (0..100 + dice.below(200)).map(|_| dice.below(20_000) as u32).collect()
        } else {
            self.lately[dice.below(self.lately.len())].clone()
        };
        for _ in 0..dice.below(6) {
            let at = dice.below(own.len());
            own[at] = dice.below(20_000) as u32;
        }
        own.truncate((own.len() - dice.below(own.len() / 5)).max(20));
        let item = (text(&own), own.len());
        match self.lately.get_mut(self.made % LATELY) {
            Some(slot) => *slot = own,
            None => self.lately.push(own),
        }
        self.made += 1;
        Some(item)
    }
}

fn text(words: &[u32]) -> String {
    let mut out = String::with_capacity(words.len() * 8);
    for (n, word) in words.iter().enumerate() {
        out.push_str(match n % 60 {
            0 if n == 0 => "",
            0 => ".\n\n",
            20 | 40 => ". ",
            _ => " ",
        });
        let mut rest = *word;
        for _ in 0..3 {
            out.push(char::from(b'b' + (rest % 20) as u8));
            out.push(['a', 'e', 'i', 'o', 'u'][(rest as usize / 20) % 5]);
            rest /= 30;
        }
    }
    out
}

/// The most memory that the process had (megabytes), where the system tells.
pub(crate) fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap_or("0");
    line.split_whitespace().next().and_then(|n| n.parse::<usize>().ok()).unwrap_or(0) / 1024
}

/// Ticks of `/proc/self/stat` in a second, on every Linux.
const TICKS: f64 = 100.0;

/// Seconds that all threads, ended ones too, were on a processor, where the system tells: on a machine with other work
/// the figure to compare.
pub(crate) fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit_once(')').map_or("", |(_, after)| after).split_whitespace().skip(11).take(2);
    fields.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / TICKS
}

/// The same of this thread alone, to the nanosecond.
pub(crate) fn this_thread() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    stat.split_whitespace().next().and_then(|n| n.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
}
