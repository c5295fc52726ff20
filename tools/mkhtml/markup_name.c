#include "tools/mkhtml/markup_name.h"

#include "base/str.h"

bool name_among(const char *name, const char *const *list)
{
	for (; *list; list++)
		if (str_eq_nocase(str_of(name), str_of(*list)))
			return true;
	return false;
}

bool name_is_void(const char *name)
{
	static const char *const list[] = {
		"area", "br", "col", "hr", "img", "input", "link", "meta", "param",
		"source", "track", "wbr", NULL
	};
	return name_among(name, list);
}

bool name_is_block(const char *name)
{
	static const char *const list[] = {
		"html", "head", "body", "meta", "link", "script", "title", "div", "p",
		"ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "colgroup", "col",
		"thead", "tbody", "tfoot", "tr", "td", "th", "section", "article", "aside",
		"main", "nav", "header", "footer", "form", "fieldset", "legend", "h1", "h2",
		"h3", "h4", "h5", "h6", "select", "option", "optgroup", "br", "hr", "pre",
		"blockquote", "details", "summary", "dialog", "figure", "figcaption",
		"template", "g", "path", "rect", "line", "circle", "polyline", "polygon",
		"defs", "desc", NULL
	};
	return name_among(name, list);
}

bool name_is_banned(const char *name)
{
	static const char *const list[] = {
		"style", "base", "object", "embed", "applet", "frame", "frameset",
		"animate", "animatetransform", "animatemotion", "set", "foreignobject",
		"plaintext", "xmp", "listing", NULL
	};
	return name_among(name, list);
}

bool name_is_address(const char *attr)
{
	static const char *const list[] = {
		"href", "src", "action", "formaction", "cite", "poster", "xlink:href",
		"manifest", NULL
	};
	return name_among(attr, list);
}
