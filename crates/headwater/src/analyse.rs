//! The order of the rooms: annotate, bring entities together, group, date, trace, account.
//!
//! This is the only place that knows the order. Each step is one call into a room; what a room needs of
//! another goes through the nouns.

use headwater_account::{Input, Lexicon, tell};
use headwater_annotate::{attributions, names, quantities, times};
use headwater_group::{dating, entities, events};
use headwater_model::account::ChainLevel;
use headwater_model::text::Outline;
use headwater_model::{
    Annotations, Article, ArticleIndex, Copy, Entity, EntityIndex, Event, Family, Statement, Story, Utterance, Warning,
};
use headwater_wire::account::SetAside;
