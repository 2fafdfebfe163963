//! A view of an analysis: who said what, through whom, attribution by attribution.

use crate::analyse::Analysis;
use crate::fill::source;
use headwater_model::{ArticleIndex, Span};
use headwater_wire::said::{Said, Words};

/// All attributions of all articles in the order of the text, an outer level before what it holds; then, for
/// each article, the quoted words that nobody is told to have said.
pub fn said(analysis: &Analysis) -> Vec<Said> {
    let mut out = Vec::new();
    for (i, annotations) in analysis.annotations.iter().enumerate() {
        let article = &analysis.articles[i];
        let text = article.text.as_str();
        let words = |span: &Span| Words { text: span.of(text).to_owned(), start: span.start, end: span.end };
        let empty = || Said {
            article: article.id.clone(),
            path: article.path.clone(),
            outlet: article.outlet.clone(),
            ..Said::default()
        };
        let mut row = 0;
        let index = ArticleIndex(i as u32);
        for (n, a) in annotations.attributions.iter().enumerate() {
            let chain = analysis.chain(index, n);
            let entity = chain.last().and_then(|own| own.entity);
            let (own, via) = match chain.split_last() {
                Some((own, via)) => {
                    let via = via.iter().map(|l| source(analysis, index, l)).collect();
                    (Some(source(analysis, index, own)), via)
                }
                None => (None, Vec::new()),
            };
            let told = own.as_ref().is_some_and(|s| s.kind != "missing");
            let name = entity.and_then(|e| analysis.entities.get(e.at())).map(|e| e.name.clone());
            let resolved = name.or_else(|| Some(a.source.resolved.clone()));
            out.push(Said {
                row,
                parent: a.parent.map(|p| p as usize),
                source: own.filter(|_| told),
                resolved: resolved.filter(|r| told && !r.is_empty()),
                via,
                cue: a.cue.iter().map(words).collect(),
                content: a.content.iter().map(words).collect(),
                kind: a.directness.name().to_owned(),
                manner: (!a.cue.is_empty()).then(|| a.class.name().to_owned()),
                hedges: a.hedges.iter().map(words).collect(),
                negated: a.negated,
                ..empty()
            });
            row += 1;
        }
        for q in annotations.quotations.iter().filter(|q| q.utterance && q.attribution.is_none()) {
            out.push(Said { row, content: vec![words(&q.outer)], kind: "direct".to_owned(), ..empty() });
            row += 1;
        }
    }
    out
}
