//! Weighted logistic regression by Newton's method: the same bytes on every run, on any number of threads.

use rayon::prelude::*;

/// One example.
pub(crate) struct Row<'g> {
    pub(crate) features: &'g [f32],
    pub(crate) same: bool,
    pub(crate) weight: f64,
}

/// Weights of `N` features, the first of which is the bias. `ridge` is on the weights of standardised features, per row.
pub(crate) fn logistic<const N: usize>(rows: &[Row<'_>], ridge: f64) -> [f32; N] {
    let total: f64 = rows.iter().map(|r| r.weight).sum::<f64>().max(1e-9);
    let mut scale = [1.0f64; N];
    for (k, scale) in scale.iter_mut().enumerate().skip(1) {
        let mean = rows.iter().map(|r| r.weight * f64::from(r.features[k])).sum::<f64>() / total;
        let var =
            rows.iter().map(|r| r.weight * (f64::from(r.features[k]) - mean).powi(2)).sum::<f64>() / total;
        *scale = var.sqrt().max(1e-6);
    }
    let mut w = [0.0f64; N];
    for _ in 0..25 {
        let chunks: Vec<(Vec<f64>, Vec<f64>)> = rows
            .par_chunks(8192)
            .map(|chunk| {
                let mut gradient = vec![0.0; N];
                let mut hessian = vec![0.0; N * N];
                for row in chunk {
                    let mut x = [0.0f64; N];
                    for k in 0..N {
                        x[k] = f64::from(row.features[k]) / scale[k];
                    }
                    let z: f64 = x.iter().zip(&w).map(|(a, b)| a * b).sum();
                    let p = 1.0 / (1.0 + (-z).exp());
                    let (error, curve) =
                        ((f64::from(u8::from(row.same)) - p) * row.weight, p * (1.0 - p) * row.weight);
                    for k in 0..N {
                        gradient[k] += error * x[k];
                        let c = curve * x[k];
                        for l in 0..=k {
                            hessian[k * N + l] += c * x[l];
                        }
                    }
                }
                (gradient, hessian)
            })
            .collect();
        let mut gradient = [0.0f64; N];
        let mut hessian = vec![0.0f64; N * N];
        for (g, h) in chunks {
            for k in 0..N {
                gradient[k] += g[k];
            }
            for (a, b) in hessian.iter_mut().zip(h) {
                *a += b;
            }
        }
        for k in 0..N {
            for l in 0..k {
                hessian[l * N + k] = hessian[k * N + l];
            }
            let ridge = if k == 0 { 1e-9 } else { ridge } * total;
            gradient[k] -= ridge * w[k];
            hessian[k * N + k] += ridge;
        }
        let step = solve(hessian, gradient);
        let mut size = 0.0f64;
        for k in 0..N {
            w[k] += step[k];
            size = size.max(step[k].abs());
        }
        if size < 1e-6 {
            break;
        }
    }
    let mut out = [0.0f32; N];
    for k in 0..N {
        out[k] = (w[k] / scale[k]) as f32;
    }
    out
}

/// Solves a symmetric positive system by Cholesky decomposition.
fn solve<const N: usize>(mut a: Vec<f64>, mut b: [f64; N]) -> [f64; N] {
    let n = N;
    for k in 0..n {
        for l in 0..=k {
            let mut sum = a[k * n + l];
            for m in 0..l {
                sum -= a[k * n + m] * a[l * n + m];
            }
            a[k * n + l] = if k == l { sum.max(1e-12).sqrt() } else { sum / a[l * n + l] };
        }
    }
    for k in 0..n {
        for m in 0..k {
            b[k] -= a[k * n + m] * b[m];
        }
        b[k] /= a[k * n + k];
    }
    for k in (0..n).rev() {
        for m in k + 1..n {
            b[k] -= a[m * n + k] * b[m];
        }
        b[k] /= a[k * n + k];
    }
    b
}
