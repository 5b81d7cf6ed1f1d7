//! What jiebao is measured beside: a plain tantivy index of the same articles, by jieba's words. Two fields with
//! positions, both stored, BM25, the title worth three times the body.
//!
//! The words are those of jieba's ordinary mode. Its search mode gives words that overlap, and tantivy's
//! `SnippetGenerator` panics on those.

use super::built::texts;
use super::queries::Asked;
use jiebao::lexicon::WORDS;
use jiebao::record::Record;
use std::path::Path;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, BoostQuery, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value};
use tantivy::snippet::SnippetGenerator;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use tantivy::{Index, IndexWriter, Searcher, TantivyDocument, Term};

/// Raised when the index below changes.
pub(crate) const VERSION: u32 = 1;

/// The tokenizer's name in the schema.
const JIEBA: &str = "jieba";

/// How much more a word in the title is worth.
const TITLE: f32 = 3.0;

/// Memory for what is not on disk yet: as much as jiebao takes.
const MEMORY: usize = 200 << 20;

/// Makes the index in `folder`.
pub(crate) fn build(folder: &Path, articles: impl Iterator<Item = Record>) -> tantivy::Result<()> {
    let mut schema = Schema::builder();
    let indexing =
        TextFieldIndexing::default().set_tokenizer(JIEBA).set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let options = TextOptions::default().set_indexing_options(indexing) | STORED;
    let title = schema.add_text_field("title", options.clone());
    let body = schema.add_text_field("body", options);
    let index = Index::create_in_dir(folder, schema.build())?;
    index.tokenizers().register(JIEBA, Jieba);
    let mut writer: IndexWriter = index.writer_with_num_threads(1, MEMORY)?;
    for record in articles {
        let mut document = TantivyDocument::new();
        let own = usize::from(record.title.is_some());
        texts(&record).take(own).for_each(|text| document.add_text(title, text));
        document.add_text(body, texts(&record).skip(own).collect::<Vec<_>>().join("\n"));
        writer.add_document(document)?;
    }
    writer.commit()?;
    writer.wait_merging_threads()
}

/// The index opened for reading.
pub(crate) struct Bare {
    pub(crate) searcher: Searcher,
    title: Field,
    pub(crate) body: Field,
}

impl Bare {
    pub(crate) fn open(folder: &Path) -> tantivy::Result<Self> {
        let index = Index::open_in_dir(folder)?;
        index.tokenizers().register(JIEBA, Jieba);
        let (title, body) = (index.schema().get_field("title")?, index.schema().get_field("body")?);
        Ok(Self { searcher: index.reader()?.searcher(), title, body })
    }

    /// How many articles answer; the best ten are read and their passages cut, as a page of results needs them.
    pub(crate) fn ask(&self, asked: &Asked) -> tantivy::Result<usize> {
        let query = BooleanQuery::intersection(asked.words.iter().map(|word| self.anywhere(word, asked)).collect());
        let best = TopDocs::with_limit(10).order_by_score();
        let (best, total) = self.searcher.search(&query, &(best, Count))?;
        let passages = [self.title, self.body].map(|field| SnippetGenerator::create(&self.searcher, &query, field));
        for (_, address) in best {
            let document: TantivyDocument = self.searcher.doc(address)?;
            for (field, passages) in [self.title, self.body].into_iter().zip(&passages) {
                let text = document.get_first(field).and_then(|value| value.as_str()).unwrap_or_default();
                let passages = passages.as_ref().map_err(Clone::clone)?;
                std::hint::black_box(passages.snippet(text));
            }
        }
        Ok(total)
    }

    fn anywhere(&self, word: &str, asked: &Asked) -> Box<dyn Query> {
        let fields = [(self.title, TITLE), (self.body, 1.0)];
        let weighted = fields.map(|(field, weight)| -> Box<dyn Query> {
            Box::new(BoostQuery::new(one_field(field, word, asked.phrase), weight))
        });
        Box::new(BooleanQuery::union(weighted.into()))
    }
}

/// All of jieba's words of `word`, in a row if it is a phrase.
fn one_field(field: Field, word: &str, phrase: bool) -> Box<dyn Query> {
    let terms: Vec<Term> =
        WORDS.cut(word, true).iter().map(|token| Term::from_field_text(field, token.word)).collect();
    if phrase && terms.len() > 1 {
        return Box::new(PhraseQuery::new(terms));
    }
    let one = |term| -> Box<dyn Query> { Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)) };
    Box::new(BooleanQuery::intersection(terms.into_iter().map(one).collect()))
}

/// jieba's words, one position each.
#[derive(Clone)]
struct Jieba;

struct Words<'a> {
    words: std::vec::IntoIter<jieba_rs::Token<'a>>,
    at: usize,
    token: Token,
}

impl Tokenizer for Jieba {
    type TokenStream<'a> = Words<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Words<'a> {
        Words { words: WORDS.cut(text, true).into_iter(), at: 0, token: Token::default() }
    }
}

impl TokenStream for Words<'_> {
    fn advance(&mut self) -> bool {
        let Some(word) = self.words.next() else { return false };
        self.token.text.clear();
        self.token.text.push_str(word.word);
        (self.token.offset_from, self.token.offset_to) = (self.at, self.at + word.word.len());
        self.at = self.token.offset_to;
        self.token.position = self.token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
