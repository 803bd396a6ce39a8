use super::{ABOUT, Answers, Asked, Given, Question, lock};
use crate::template::TemplateReads;

impl Answers {
    /// What a render asked, for people, such as `get_section(path="news/_index.md") in vi`.
    pub fn told(&self, asked: &Asked, before: &Given) -> Vec<String> {
        let given = lock(&self.given);
        let answers = asked.questions.iter().filter_map(|key| given.get(key).or_else(|| before.answers.get(key)));
        let mut told: Vec<String> = answers.map(|answer| answer.question.told()).collect();
        told.sort();
        told
    }

    /// The questions of a render in the build before whose answers are others now, as far as its template reads them.
    pub fn differing(&self, asked: &Asked, reads: &TemplateReads, before: &Given) -> Vec<String> {
        let keys = asked.questions.iter().filter(|key| !self.stands(**key, Some(reads), before));
        let mut told: Vec<String> = keys.filter_map(|key| before.answers.get(key)).map(|answer| answer.question.told()).collect();
        told.sort();
        told
    }
}

impl Question {
    fn told(&self) -> String {
        let arguments = self.arguments.iter().map(|(name, value)| {
            let value = value.as_str().map_or_else(|| value.to_string(), |text| format!("{text:?}"));
            format!("{}={value}", name.as_str().unwrap_or_default())
        });
        let mut arguments: Vec<String> = arguments.collect();
        arguments.sort();
        let lang = self.lang.as_ref().map(|lang| format!(" in {lang}")).unwrap_or_default();
        if let Some(about) = self.arguments.get::<&str>(ABOUT).ok().flatten() {
            return format!("{} {about:?}{lang}", self.function);
        }
        format!("{}({}){lang}", self.function, arguments.join(", "))
    }
}
