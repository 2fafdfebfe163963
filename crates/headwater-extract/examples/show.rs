use headwater_extract::*;
fn main() {
    let mut kept_only = false;
    for path in std::env::args().skip(1) {
        if path == "--removed" {
            kept_only = true;
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let body = if path.ends_with(".txt") { Body::Text(&text) } else { Body::Html(&text) };
        let a = extract(&PageInput::new(&path, body));
        println!(
            "=== {path}\nTITLE {:?}\nAUTHORS {:?} OUTLET {:?} LANG {:?} CREDITS {:?}\nPUBLISHED {:?}",
            a.title, a.authors, a.outlet, a.language, a.credits, a.published
        );
        for s in &a.segments {
            if s.exact {
                assert_eq!(s.clean.of(&a.text), s.source.of(&text));
            }
        }
        if !kept_only {
            for b in &a.blocks {
                println!(
                    "  + {:10} {}",
                    b.class.name(),
                    b.span.of(&a.text).chars().take(110).collect::<String>()
                );
            }
        }
        for r in &a.removed {
            println!(
                "  - {:10} {:40} | {}",
                r.class.name(),
                r.reason,
                r.text.chars().take(110).collect::<String>()
            );
        }
        for w in &a.warnings {
            println!("  ! {} {}", w.code, w.message);
        }
    }
}
