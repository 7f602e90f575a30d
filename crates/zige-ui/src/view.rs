//! `view!`: the markup of yew's `html!`, as a text that one small function reads.
//!
//! `html!` writes every element out in full, about 700 bytes of module each; the pages of this app
//! were half of all that a phone had to load. `view!` takes the same markup (elements, attributes,
//! `{ value }`, `{ for iterator }`, `if`, `if let`, `else`) without yew's components. What stands
//! in it literally becomes one static text, the *template*; only what stands in braces is code, one
//! call each. `if` adds nothing when it does not hold, so it must stand alone in its parent, as
//! everything conditional must.
//!
//! In a template, each piece begins with a control character:
//!
//! | | |
//! |---|---|
//! | 1 | opens an element with this name |
//! | 2 | the name of an attribute, whose text comes next |
//! | 3 | the attribute's text |
//! | 4 | a text |
//! | 5 | closes the element |
//! | 6 | the next value: children |
//! | 7 | the next value: the attribute of this name |
//! | 8 | the next value: something else of the element |

use std::fmt::Display;
use std::rc::Rc;

use yew::events::{Event, InputEvent, KeyboardEvent, MouseEvent, SubmitEvent};
use yew::html::{onchange, onclick, oninput, onkeydown, onsubmit};
use yew::virtual_dom::{Key, Listener, VList, VNode, VTag, VText};
use yew::{AttrValue, Callback, Html, NodeRef};

/// What stands in braces, in the order of the markup.
#[derive(Debug, Default)]
pub(crate) struct Values(Vec<Value>);

#[derive(Debug)]
enum Value {
    Nothing,
    Node(VNode),
    Nodes(Vec<VNode>),
    Attribute(AttrValue),
    Checked(bool),
    Key(Key),
    Ref(NodeRef),
    Listener(Rc<dyn Listener>),
}

/// What can stand in braces between elements.
pub(crate) trait Child {
    fn add_to(self, values: &mut Values);
}

/// What an attribute can be set to; nothing leaves it out.
pub(crate) trait Attribute {
    fn set(self, values: &mut Values);
}

// Whatever takes a concrete type stays out of line: the pages are made of calls to these.
impl Values {
    #[inline(always)]
    pub(crate) fn child(&mut self, child: impl Child) {
        child.add_to(self);
    }

    #[inline(always)]
    pub(crate) fn each(&mut self, children: impl Iterator<Item = Html>) {
        self.nodes();
        children.for_each(|child| self.another(child));
    }

    #[inline(always)]
    pub(crate) fn attribute(&mut self, value: impl Attribute) {
        value.set(self);
    }

    pub(crate) fn checked(&mut self, checked: bool) {
        self.add(Value::Checked(checked));
    }

    #[inline(never)]
    pub(crate) fn key(&mut self, key: &dyn Display) {
        self.add(Value::Key(Key::from(key.to_string())));
    }

    pub(crate) fn node_ref(&mut self, node_ref: NodeRef) {
        self.add(Value::Ref(node_ref));
    }

    #[inline(never)]
    pub(crate) fn on_click(&mut self, callback: Callback<MouseEvent>) {
        self.listen(Rc::new(onclick::Wrapper::new(callback)));
    }

    #[inline(never)]
    pub(crate) fn on_input(&mut self, callback: Callback<InputEvent>) {
        self.listen(Rc::new(oninput::Wrapper::new(callback)));
    }

    #[inline(never)]
    pub(crate) fn on_change(&mut self, callback: Callback<Event>) {
        self.listen(Rc::new(onchange::Wrapper::new(callback)));
    }

    #[inline(never)]
    pub(crate) fn on_keydown(&mut self, callback: Callback<KeyboardEvent>) {
        self.listen(Rc::new(onkeydown::Wrapper::new(callback)));
    }

    #[inline(never)]
    pub(crate) fn on_submit(&mut self, callback: Callback<SubmitEvent>) {
        self.listen(Rc::new(onsubmit::Wrapper::new(callback)));
    }

    #[inline(never)]
    pub(crate) fn nothing(&mut self) {
        self.add(Value::Nothing);
    }

    #[inline(never)]
    fn listen(&mut self, listener: Rc<dyn Listener>) {
        self.add(Value::Listener(listener));
    }

    #[inline(never)]
    fn nodes(&mut self) {
        self.add(Value::Nodes(Vec::new()));
    }

    #[inline(never)]
    fn another(&mut self, node: VNode) {
        if let Some(Value::Nodes(nodes)) = self.0.last_mut() {
            nodes.push(node);
        }
    }

    #[inline(never)]
    fn node(&mut self, node: VNode) {
        self.add(Value::Node(node));
    }

    #[inline(never)]
    fn say(&mut self, text: &'static str) {
        self.node(VNode::VText(VText::new(text)));
    }

    #[inline(never)]
    fn say_copy(&mut self, text: &str) {
        self.say_string(text.to_owned());
    }

    #[inline(never)]
    fn say_string(&mut self, text: String) {
        self.node(VNode::VText(VText::new(text)));
    }

    #[inline(never)]
    fn set_static(&mut self, value: &'static str) {
        self.add(Value::Attribute(AttrValue::Static(value)));
    }

    #[inline(never)]
    fn set_copy(&mut self, value: &str) {
        self.set_string(value.to_owned());
    }

    #[inline(never)]
    fn set_string(&mut self, value: String) {
        self.add(Value::Attribute(AttrValue::from(value)));
    }

    #[inline(never)]
    fn add(&mut self, value: Value) {
        self.0.push(value);
    }

    /// Puts the values into their template.
    #[inline(never)]
    pub(crate) fn place_in(&mut self, template: &'static str) -> Html {
        let mut values = self.0.drain(..);
        // Elements that are open, the outermost first, each with its children so far; below them
        // what stands alone.
        let mut open: Vec<(VTag, Vec<VNode>)> = vec![(VTag::new(""), Vec::new())];
        let mut name = "";
        for piece in pieces(template) {
            let (mark, word) = piece;
            match (mark, open.last_mut()) {
                (1, _) => open.push((VTag::new(word), Vec::new())),
                (2, _) => name = word,
                (3, Some((tag, _))) => set(tag, name, AttrValue::Static(word)),
                (4, Some((_, children))) => children.push(VNode::VText(VText::new(word))),
                (5, _) => close(&mut open),
                (_, Some((tag, children))) => match values.next() {
                    Some(Value::Node(node)) => children.push(node),
                    Some(Value::Nodes(nodes)) => children.extend(nodes),
                    Some(Value::Attribute(value)) => set(tag, word, value),
                    Some(Value::Checked(checked)) => tag.set_checked(checked),
                    Some(Value::Key(key)) => tag.key = Some(key),
                    Some(Value::Ref(node_ref)) => tag.node_ref = node_ref,
                    Some(Value::Listener(listener)) => {
                        tag.add_listener(listener);
                    }
                    Some(Value::Nothing) | None => {}
                },
                _ => {}
            }
        }
        let mut alone = open.pop().map(|(_, children)| children).unwrap_or_default();
        match alone.len() {
            1 => alone.pop().unwrap_or_default(),
            _ => VNode::VList(Rc::new(VList::from(alone))),
        }
    }
}

fn set(tag: &mut VTag, name: &'static str, value: AttrValue) {
    if name == "value" && matches!(tag.tag(), "input" | "textarea") {
        tag.set_value(Some(value));
    } else {
        tag.add_attribute(name, value);
    }
}

fn close(open: &mut Vec<(VTag, Vec<VNode>)>) {
    if let Some((mut tag, children)) = open.pop()
        && let Some((_, around)) = open.last_mut()
    {
        if !children.is_empty() {
            tag.add_children(children);
        }
        around.push(VNode::VTag(Rc::new(tag)));
    }
}

/// The pieces of a template, each with its mark.
fn pieces(template: &'static str) -> impl Iterator<Item = (u8, &'static str)> {
    const LAST_MARK: u8 = 8;
    let mut rest = template;
    std::iter::from_fn(move || {
        let mark = rest.bytes().next()?;
        let after = rest.get(1..)?;
        let end = after.bytes().position(|byte| byte <= LAST_MARK);
        let (word, next) = after.split_at_checked(end.unwrap_or(after.len()))?;
        rest = next;
        Some((mark, word))
    })
}

impl Child for Html {
    #[inline(always)]
    fn add_to(self, values: &mut Values) {
        values.node(self);
    }
}

impl Child for Option<Html> {
    #[inline(always)]
    fn add_to(self, values: &mut Values) {
        match self {
            Some(html) => values.node(html),
            None => values.nothing(),
        }
    }
}

impl Child for &'static str {
    #[inline(always)]
    fn add_to(self, values: &mut Values) {
        values.say(self);
    }
}

impl Child for String {
    #[inline(always)]
    fn add_to(self, values: &mut Values) {
        values.say_string(self);
    }
}

impl Child for &String {
    #[inline(always)]
    fn add_to(self, values: &mut Values) {
        values.say_copy(self);
    }
}

impl Attribute for &'static str {
    #[inline(always)]
    fn set(self, values: &mut Values) {
        values.set_static(self);
    }
}

impl Attribute for String {
    #[inline(always)]
    fn set(self, values: &mut Values) {
        values.set_string(self);
    }
}

impl Attribute for &String {
    #[inline(always)]
    fn set(self, values: &mut Values) {
        values.set_copy(self);
    }
}

impl Attribute for bool {
    #[inline(always)]
    fn set(self, values: &mut Values) {
        self.then_some("").set(values);
    }
}

impl<T: Attribute> Attribute for Option<T> {
    #[inline(always)]
    fn set(self, values: &mut Values) {
        match self {
            Some(value) => value.set(values),
            None => values.nothing(),
        }
    }
}

/// The names that are there, with blanks between.
pub(crate) fn class_names(names: &[Option<&'static str>]) -> String {
    let mut joined = String::new();
    for name in names.iter().flatten() {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(name);
    }
    joined
}

/// The value of a `class` attribute, from names and names that may be missing.
macro_rules! classes {
    ($($name:expr),* $(,)?) => {
        $crate::view::class_names(&[$(Option::<&'static str>::from($name)),*])
    };
}

/// Markup as [`Html`]; see the module.
macro_rules! view {
    ($($markup:tt)*) => {{
        let values = &mut $crate::view::Values::default();
        $crate::view::nodes!(values; []; []; $($markup)*)
    }};
}

/// Takes the markup piece by piece: first the template so far, then the statements so far.
macro_rules! nodes {
    ($values:ident; [$($template:tt)*]; [$($statement:tt)*];) => {{
        $($statement)*
        $values.place_in(concat!($($template)*))
    }};
    ($values:ident; $template:tt; $statements:tt; < > $($rest:tt)*) => {
        $crate::view::nodes!($values; $template; $statements; $($rest)*)
    };
    ($values:ident; $template:tt; $statements:tt; < / > $($rest:tt)*) => {
        $crate::view::nodes!($values; $template; $statements; $($rest)*)
    };
    ($values:ident; [$($template:tt)*]; $statements:tt; < / $tag:ident > $($rest:tt)*) => {
        $crate::view::nodes!($values; [$($template)* "\u{5}",]; $statements; $($rest)*)
    };
    ($values:ident; [$($template:tt)*]; $statements:tt; < $tag:ident $($rest:tt)*) => {
        $crate::view::attributes!($values; [$($template)* "\u{1}", stringify!($tag),]; $statements; $($rest)*)
    };
    ($values:ident; [$($template:tt)*]; [$($statement:tt)*]; { for $($items:tt)* } $($rest:tt)*) => {
        $crate::view::nodes!($values; [$($template)* "\u{6}",]; [$($statement)* $values.each($($items)*);]; $($rest)*)
    };
    ($values:ident; [$($template:tt)*]; $statements:tt; { $text:literal } $($rest:tt)*) => {
        $crate::view::nodes!($values; [$($template)* "\u{4}", $text,]; $statements; $($rest)*)
    };
    ($values:ident; [$($template:tt)*]; [$($statement:tt)*]; { $($child:tt)* } $($rest:tt)*) => {
        $crate::view::nodes!($values; [$($template)* "\u{6}",]; [$($statement)* $values.child($($child)*);]; $($rest)*)
    };
    ($values:ident; $template:tt; $statements:tt; if $($rest:tt)*) => {
        $crate::view::conditional!($values; $template; $statements; []; $($rest)*)
    };
}

macro_rules! conditional {
    ($values:ident; [$($template:tt)*]; [$($statement:tt)*]; [$($condition:tt)*]; { $($then:tt)* } else { $($otherwise:tt)* } $($rest:tt)*) => {
        $crate::view::nodes!($values; [$($template)* "\u{6}",]; [$($statement)*
            if $($condition)* {
                $values.child($crate::view::view! { $($then)* });
            } else {
                $values.child($crate::view::view! { $($otherwise)* });
            }
        ]; $($rest)*)
    };
    ($values:ident; [$($template:tt)*]; [$($statement:tt)*]; [$($condition:tt)*]; { $($then:tt)* } $($rest:tt)*) => {
        $crate::view::nodes!($values; [$($template)* "\u{6}",]; [$($statement)*
            if $($condition)* {
                $values.child($crate::view::view! { $($then)* });
            } else {
                $values.nothing();
            }
        ]; $($rest)*)
    };
    ($values:ident; $template:tt; $statements:tt; [$($condition:tt)*]; $next:tt $($rest:tt)*) => {
        $crate::view::conditional!($values; $template; $statements; [$($condition)* $next]; $($rest)*)
    };
}

macro_rules! attributes {
    ($values:ident; $template:tt; $statements:tt; > $($rest:tt)*) => {
        $crate::view::nodes!($values; $template; $statements; $($rest)*)
    };
    ($values:ident; [$($template:tt)*]; $statements:tt; / > $($rest:tt)*) => {
        $crate::view::nodes!($values; [$($template)* "\u{5}",]; $statements; $($rest)*)
    };
    ($values:ident; $template:tt; $statements:tt; { $name:ident } $($rest:tt)*) => {
        $crate::view::attribute!($values; $template; $statements; [$name] [$name] $($rest)*)
    };
    ($values:ident; $template:tt; $statements:tt; $name:ident $(- $more:ident)* = { $($value:tt)* } $($rest:tt)*) => {
        $crate::view::attribute!($values; $template; $statements; [$name $(- $more)*] [$($value)*] $($rest)*)
    };
    ($values:ident; [$($template:tt)*]; $statements:tt; $name:ident $(- $more:ident)* = $value:literal $($rest:tt)*) => {
        $crate::view::attributes!($values;
            [$($template)* "\u{2}", stringify!($name), $("-", stringify!($more),)* "\u{3}", $value,];
            $statements; $($rest)*)
    };
}

macro_rules! attribute {
    ($values:ident; $template:tt; $statements:tt; [key] [$($value:tt)*] $($rest:tt)*) => {
        $crate::view::element!($values; $template; $statements; [key(&$($value)*)] $($rest)*)
    };
    ($values:ident; $template:tt; $statements:tt; [ref] [$($value:tt)*] $($rest:tt)*) => {
        $crate::view::element!($values; $template; $statements; [node_ref($($value)*)] $($rest)*)
    };
    ($values:ident; $template:tt; $statements:tt; [checked] [$($value:tt)*] $($rest:tt)*) => {
        $crate::view::element!($values; $template; $statements; [checked($($value)*)] $($rest)*)
    };
    ($values:ident; $template:tt; $statements:tt; [onclick] [$($value:tt)*] $($rest:tt)*) => {
        $crate::view::element!($values; $template; $statements; [on_click($($value)*)] $($rest)*)
    };
    ($values:ident; $template:tt; $statements:tt; [oninput] [$($value:tt)*] $($rest:tt)*) => {
        $crate::view::element!($values; $template; $statements; [on_input($($value)*)] $($rest)*)
    };
    ($values:ident; $template:tt; $statements:tt; [onchange] [$($value:tt)*] $($rest:tt)*) => {
        $crate::view::element!($values; $template; $statements; [on_change($($value)*)] $($rest)*)
    };
    ($values:ident; $template:tt; $statements:tt; [onkeydown] [$($value:tt)*] $($rest:tt)*) => {
        $crate::view::element!($values; $template; $statements; [on_keydown($($value)*)] $($rest)*)
    };
    ($values:ident; $template:tt; $statements:tt; [onsubmit] [$($value:tt)*] $($rest:tt)*) => {
        $crate::view::element!($values; $template; $statements; [on_submit($($value)*)] $($rest)*)
    };
    ($values:ident; [$($template:tt)*]; [$($statement:tt)*]; [$name:ident $(- $more:ident)*] [$($value:tt)*] $($rest:tt)*) => {
        $crate::view::attributes!($values;
            [$($template)* "\u{7}", stringify!($name), $("-", stringify!($more),)*];
            [$($statement)* $values.attribute($($value)*);]; $($rest)*)
    };
}

macro_rules! element {
    ($values:ident; [$($template:tt)*]; [$($statement:tt)*]; [$($call:tt)*] $($rest:tt)*) => {
        $crate::view::attributes!($values; [$($template)* "\u{8}",]; [$($statement)* $values.$($call)*;]; $($rest)*)
    };
}

pub(crate) use {attribute, attributes, classes, conditional, element, nodes, view};

#[cfg(test)]
mod tests {
    use super::*;
    use yew::virtual_dom::VTag;

    fn tag(html: &Html) -> &VTag {
        match html {
            VNode::VTag(tag) => tag,
            other => panic!("{other:?} is no element"),
        }
    }

    fn children(html: &Html) -> Vec<Html> {
        match tag(html).children() {
            Some(VNode::VList(list)) => list.to_vec(),
            other => panic!("{other:?} is no list"),
        }
    }

    fn attributes_of(html: &Html) -> Vec<(String, String)> {
        let mut attributes: Vec<(String, String)> = tag(html)
            .attributes
            .iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        attributes.sort();
        attributes
    }

    #[test]
    fn markup_becomes_elements() {
        let name = String::from("甲");
        let html = view! {
            <section aria-label="名单" hidden={false} data-id={Some("a")}>
                <h2>{ name.clone() }</h2>
                <ul>{ for (0..2).map(|place| view! { <li key={place}>{ "项" }</li> }) }</ul>
            </section>
        };
        assert_eq!(tag(&html).tag(), "section");
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            attributes_of(&html),
            [pair("aria-label", "名单"), pair("data-id", "a")]
        );
        let children_of = children(&html);
        assert_eq!(children_of.len(), 2);
        assert_eq!(children(&children_of[1]).len(), 2);
        assert!(children(&children_of[1])[1].has_key());
    }

    #[test]
    fn what_does_not_hold_adds_nothing() {
        for (shown, count) in [(true, 1), (false, 0)] {
            let html = view! { <div><p></p><div>if shown { <p>{ "有" }</p> }</div></div> };
            let slot = &children(&html)[1];
            let found = tag(slot).children().map_or(0, |children| match children {
                VNode::VList(list) => list.len(),
                _ => 1,
            });
            assert_eq!(found, count);
        }
        let pick = |value: Option<&'static str>| {
            view! { <p>if let Some(text) = value { { text } } else { { "无" } }</p> }
        };
        assert_ne!(pick(Some("有")), pick(None));
    }

    #[test]
    fn an_input_keeps_its_value_apart_from_its_attributes() {
        let html = view! { <input type="text" value={String::from("字")} checked={true} /> };
        assert_eq!(tag(&html).value().map(AttrValue::as_str), Some("字"));
        assert_eq!(tag(&html).checked(), Some(true));
        assert_eq!(attributes_of(&html), [("type".into(), "text".into())]);
    }

    #[test]
    fn classes_are_joined_and_may_be_missing() {
        assert_eq!(classes!("option", Some("chosen")), "option chosen");
        assert_eq!(classes!("option", None), "option");
        assert_eq!(classes!(false.then_some("wrong")), "");
    }
}
