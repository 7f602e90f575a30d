//! `view!`: the markup of yew's `html!`, written out as calls of one small builder.
//!
//! `html!` writes every element out in full, about 700 bytes of module each; the pages of this app
//! were half of all that a phone had to load. `view!` takes the same markup (elements, attributes,
//! `{ value }`, `{ for iterator }`, `if`, `if let`, `else`) without yew's components, and needs a
//! few dozen bytes an element. `if` adds nothing when it does not hold, so it must stand alone in
//! its parent, as everything conditional must.

use std::fmt::Display;
use std::rc::Rc;

use yew::events::{Event, InputEvent, KeyboardEvent, MouseEvent, SubmitEvent};
use yew::html::{onchange, onclick, oninput, onkeydown, onsubmit};
use yew::virtual_dom::{Key, Listener, VList, VNode, VTag, VText};
use yew::{AttrValue, Callback, Html, NodeRef};

/// Elements that are open, the outermost first.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    open: Vec<Element>,
    done: Vec<VNode>,
}

#[derive(Debug)]
struct Element {
    tag: VTag,
    has_value: bool,
    children: Vec<VNode>,
}

/// What can stand in braces between elements.
pub(crate) trait Child {
    fn add_to(self, builder: &mut Builder);
}

/// What an attribute can be set to; nothing leaves it out.
pub(crate) trait Attribute {
    fn set(self, builder: &mut Builder, name: &'static str);
}

// Whatever takes a concrete type stays out of line: the pages are made of calls to these.
impl Builder {
    #[inline(never)]
    pub(crate) fn new() -> Box<Builder> {
        Box::default()
    }

    #[inline(never)]
    pub(crate) fn open(&mut self, tag: &'static str) {
        self.open.push(Element {
            tag: VTag::new(tag),
            has_value: matches!(tag, "input" | "textarea"),
            children: Vec::new(),
        });
    }

    #[inline(never)]
    pub(crate) fn close(&mut self) {
        if let Some(Element {
            mut tag, children, ..
        }) = self.open.pop()
        {
            if !children.is_empty() {
                tag.add_children(children);
            }
            self.push(VNode::VTag(Rc::new(tag)));
        }
    }

    #[inline(never)]
    #[expect(clippy::boxed_local, reason = "pages hold a pointer, not the builder")]
    pub(crate) fn finish(mut self: Box<Builder>) -> Html {
        match self.done.len() {
            1 => self.done.pop().unwrap_or_default(),
            _ => VNode::VList(Rc::new(VList::from(self.done))),
        }
    }

    #[inline(always)]
    pub(crate) fn child(&mut self, child: impl Child) {
        child.add_to(self);
    }

    #[inline(always)]
    pub(crate) fn each(&mut self, children: impl Iterator<Item = Html>) {
        children.for_each(|child| self.push(child));
    }

    #[inline(always)]
    pub(crate) fn attribute(&mut self, name: &'static str, value: impl Attribute) {
        value.set(self, name);
    }

    #[inline(always)]
    pub(crate) fn value(&mut self, value: impl Attribute) {
        value.set(self, "value");
    }

    #[inline(never)]
    pub(crate) fn checked(&mut self, checked: bool) {
        if let Some(element) = self.open.last_mut() {
            element.tag.set_checked(checked);
        }
    }

    #[inline(never)]
    pub(crate) fn key(&mut self, key: &dyn Display) {
        if let Some(element) = self.open.last_mut() {
            element.tag.key = Some(Key::from(key.to_string()));
        }
    }

    pub(crate) fn node_ref(&mut self, node_ref: NodeRef) {
        if let Some(element) = self.open.last_mut() {
            element.tag.node_ref = node_ref;
        }
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
    fn push(&mut self, node: VNode) {
        match self.open.last_mut() {
            Some(element) => element.children.push(node),
            None => self.done.push(node),
        }
    }

    #[inline(never)]
    fn set(&mut self, name: &'static str, value: AttrValue) {
        match self.open.last_mut() {
            Some(element) if name == "value" && element.has_value => {
                element.tag.set_value(Some(value));
            }
            Some(element) => element.tag.add_attribute(name, value),
            None => {}
        }
    }

    #[inline(never)]
    fn set_static(&mut self, name: &'static str, value: &'static str) {
        self.set(name, AttrValue::Static(value));
    }

    #[inline(never)]
    fn set_string(&mut self, name: &'static str, value: String) {
        self.set(name, AttrValue::from(value));
    }

    #[inline(never)]
    fn listen(&mut self, listener: Rc<dyn Listener>) {
        if let Some(element) = self.open.last_mut() {
            element.tag.add_listener(listener);
        }
    }

    #[inline(never)]
    fn say(&mut self, text: &'static str) {
        self.push(VNode::VText(VText::new(text)));
    }

    #[inline(never)]
    fn say_copy(&mut self, text: &str) {
        self.say_string(text.to_owned());
    }

    #[inline(never)]
    fn say_string(&mut self, text: String) {
        self.push(VNode::VText(VText::new(text)));
    }
}

impl Child for Html {
    #[inline(always)]
    fn add_to(self, builder: &mut Builder) {
        builder.push(self);
    }
}

impl Child for Option<Html> {
    #[inline(always)]
    fn add_to(self, builder: &mut Builder) {
        if let Some(html) = self {
            builder.push(html);
        }
    }
}

impl Child for &'static str {
    #[inline(always)]
    fn add_to(self, builder: &mut Builder) {
        builder.say(self);
    }
}

impl Child for String {
    #[inline(always)]
    fn add_to(self, builder: &mut Builder) {
        builder.say_string(self);
    }
}

impl Child for &String {
    #[inline(always)]
    fn add_to(self, builder: &mut Builder) {
        builder.say_copy(self);
    }
}

impl Attribute for &'static str {
    #[inline(always)]
    fn set(self, builder: &mut Builder, name: &'static str) {
        builder.set_static(name, self);
    }
}

impl Attribute for String {
    #[inline(always)]
    fn set(self, builder: &mut Builder, name: &'static str) {
        builder.set_string(name, self);
    }
}

impl Attribute for bool {
    #[inline(always)]
    fn set(self, builder: &mut Builder, name: &'static str) {
        if self {
            builder.set_static(name, "");
        }
    }
}

impl<T: Attribute> Attribute for Option<T> {
    #[inline(always)]
    fn set(self, builder: &mut Builder, name: &'static str) {
        if let Some(value) = self {
            value.set(builder, name);
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
        let mut builder = $crate::view::Builder::new();
        $crate::view::nodes!(builder; $($markup)*);
        builder.finish()
    }};
}

macro_rules! nodes {
    ($builder:ident;) => {};
    ($builder:ident; < > $($rest:tt)*) => {
        $crate::view::nodes!($builder; $($rest)*);
    };
    ($builder:ident; < / > $($rest:tt)*) => {
        $crate::view::nodes!($builder; $($rest)*);
    };
    ($builder:ident; < / $tag:ident > $($rest:tt)*) => {
        $builder.close();
        $crate::view::nodes!($builder; $($rest)*);
    };
    ($builder:ident; < $tag:ident $($rest:tt)*) => {
        $builder.open(stringify!($tag));
        $crate::view::attributes!($builder; $($rest)*);
    };
    ($builder:ident; { for $($items:tt)* } $($rest:tt)*) => {
        $builder.each($($items)*);
        $crate::view::nodes!($builder; $($rest)*);
    };
    ($builder:ident; { $($child:tt)* } $($rest:tt)*) => {
        $builder.child($($child)*);
        $crate::view::nodes!($builder; $($rest)*);
    };
    ($builder:ident; if $($rest:tt)*) => {
        $crate::view::conditional!($builder; []; $($rest)*);
    };
}

macro_rules! conditional {
    ($builder:ident; [$($condition:tt)*]; { $($then:tt)* } else { $($otherwise:tt)* } $($rest:tt)*) => {
        if $($condition)* {
            $crate::view::nodes!($builder; $($then)*);
        } else {
            $crate::view::nodes!($builder; $($otherwise)*);
        }
        $crate::view::nodes!($builder; $($rest)*);
    };
    ($builder:ident; [$($condition:tt)*]; { $($then:tt)* } $($rest:tt)*) => {
        if $($condition)* {
            $crate::view::nodes!($builder; $($then)*);
        }
        $crate::view::nodes!($builder; $($rest)*);
    };
    ($builder:ident; [$($condition:tt)*]; $next:tt $($rest:tt)*) => {
        $crate::view::conditional!($builder; [$($condition)* $next]; $($rest)*);
    };
}

macro_rules! attributes {
    ($builder:ident; > $($rest:tt)*) => {
        $crate::view::nodes!($builder; $($rest)*);
    };
    ($builder:ident; / > $($rest:tt)*) => {
        $builder.close();
        $crate::view::nodes!($builder; $($rest)*);
    };
    ($builder:ident; { $name:ident } $($rest:tt)*) => {
        $crate::view::attribute!($builder; [$name] $name);
        $crate::view::attributes!($builder; $($rest)*);
    };
    ($builder:ident; $name:ident $(- $more:ident)* = { $($value:tt)* } $($rest:tt)*) => {
        $crate::view::attribute!($builder; [$name $(- $more)*] $($value)*);
        $crate::view::attributes!($builder; $($rest)*);
    };
    ($builder:ident; $name:ident $(- $more:ident)* = $value:literal $($rest:tt)*) => {
        $crate::view::attribute!($builder; [$name $(- $more)*] $value);
        $crate::view::attributes!($builder; $($rest)*);
    };
}

macro_rules! attribute {
    ($builder:ident; [key] $($value:tt)*) => { $builder.key(&$($value)*) };
    ($builder:ident; [ref] $($value:tt)*) => { $builder.node_ref($($value)*) };
    ($builder:ident; [value] $($value:tt)*) => { $builder.value($($value)*) };
    ($builder:ident; [checked] $($value:tt)*) => { $builder.checked($($value)*) };
    ($builder:ident; [onclick] $($value:tt)*) => { $builder.on_click($($value)*) };
    ($builder:ident; [oninput] $($value:tt)*) => { $builder.on_input($($value)*) };
    ($builder:ident; [onchange] $($value:tt)*) => { $builder.on_change($($value)*) };
    ($builder:ident; [onkeydown] $($value:tt)*) => { $builder.on_keydown($($value)*) };
    ($builder:ident; [onsubmit] $($value:tt)*) => { $builder.on_submit($($value)*) };
    ($builder:ident; [$name:ident $(- $more:ident)*] $($value:tt)*) => {
        $builder.attribute(concat!(stringify!($name) $(, "-", stringify!($more))*), $($value)*)
    };
}

pub(crate) use {attribute, attributes, classes, conditional, nodes, view};

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
