use std::collections::BTreeMap;

/// A template, taken apart as far as it matters for what it reads.
#[derive(Default, Debug)]
pub(super) struct Template {
    /// The one that it extends, by the name that it says.
    pub(super) parent: Option<String>,
    pub(super) body: Body,
    /// Its blocks, nested ones too; what stands outside every block of a template with a parent is no part of it.
    pub(super) blocks: BTreeMap<String, Body>,
    pub(super) components: Vec<Component>,
}

pub(super) type Body = Vec<Statement>;

#[derive(Clone, Debug)]
pub(super) enum Statement {
    Print(Expression),
    Set {
        name: String,
        value: Expression,
        global: bool,
    },
    /// What the body gives, through filters: printed, or bound to a name.
    Capture {
        body: Body,
        filters: Vec<Call>,
        into: Option<(String, bool)>,
    },
    Include(String),
    /// One of the template's blocks.
    Block(String),
    For {
        names: Names,
        of: Expression,
        body: Body,
        otherwise: Body,
    },
    If {
        branches: Vec<(Expression, Body)>,
        otherwise: Body,
    },
    /// `break` and `continue`.
    Leave,
}

/// The names of a loop.
#[derive(Clone, Debug)]
pub(super) struct Names {
    pub(super) key: Option<String>,
    pub(super) value: String,
}

#[derive(Clone, Debug)]
pub(super) enum Expression {
    Text(String),
    Integer(i64),
    /// Another literal.
    Other,
    Variable(String),
    /// `a.b` and `a?.b`
    Field(Box<Expression>, String),
    /// `a[b]` and `a?[b]`
    Item(Box<Expression>, Box<Expression>),
    /// `a[start:end:step]`
    Slice(Box<Expression>, Box<[Option<Expression>; 3]>),
    Filter(Box<Expression>, Call),
    Test(Box<Expression>, Call),
    Function(Call),
    /// `then if condition else otherwise`
    Choice(Box<[Expression; 3]>),
    /// `a or b`, `a and b`
    Either(Box<[Expression; 2]>),
    Not(Box<Expression>),
    /// Something worked out of all of its operands.
    Operation(Vec<Expression>),
    List(Vec<Entry>),
    Map(Vec<Entry>),
    Comprehension(Box<Comprehension>),
    Component(ComponentCall),
}

/// An entry of a list, of a map, or of the arguments of a component.
#[derive(Clone, Debug)]
pub(super) enum Entry {
    /// `name: value`
    Named(String, Expression),
    /// An item of a list, or a value under a key that is no text.
    Unnamed(Expression),
    /// `...all`
    Spread(Expression),
}

/// A call of a function, filter or test.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) name: String,
    pub(super) arguments: Vec<(String, Expression)>,
}

/// `[each for names in of if condition]`
#[derive(Clone, Debug)]
pub(super) struct Comprehension {
    pub(super) each: Expression,
    pub(super) names: Names,
    pub(super) of: Expression,
    pub(super) condition: Option<Expression>,
}

#[derive(Clone, Debug)]
pub(super) struct ComponentCall {
    pub(super) name: String,
    pub(super) arguments: Vec<Entry>,
    pub(super) body: Body,
}

/// The definition of a component.
#[derive(Clone, Debug)]
pub(super) struct Component {
    pub(super) name: String,
    pub(super) parameters: Vec<Parameter>,
    /// The name that gathers all other arguments.
    pub(super) rest: Option<String>,
    pub(super) body: Body,
}

#[derive(Clone, Debug)]
pub(super) struct Parameter {
    pub(super) name: String,
    /// `@name`: taken from where the component is called if it is not given.
    pub(super) implicit: bool,
    /// Whether the kind of what is given may matter.
    pub(super) checked: bool,
}
