/* Enhancement only: every flow works without this file. No text of a case is stored in the browser: drafts go to
   the server. Nothing is parsed as HTML but the preview of an advisory, which the server wrote, and that apart, where
   no script runs. Words come from the page (data-…), so this file speaks no language.
   Keys can be turned off with <html data-keys="off"> (meets WCAG-2.2 2.1.4) and are never taken from an input method.
   HTML for each part stands in specimen.html. */
"use strict";

const root = document.documentElement;
const all = (what, where = document) => [...where.querySelectorAll(what)];
const one = (what, where = document) => where.querySelector(what);
const fill = (text, word) => (text || "").replace("{1}", word);
const shown = (el) => el.getClientRects().length > 0;

/* fetch that says whether it worked; a lost session or network is a failure, never an exception */
async function ask(url, options = {}) {
	try {
		const answer = await fetch(url, { credentials: "same-origin", redirect: "error", ...options });
		return answer.ok ? answer : null;
	} catch { return null; }
}

/* ---- look: theme and density live in cookies so that the server draws the next page right ---- */

function look_set(name, value) {
	const secure = location.protocol === "https:" ? "; Secure" : "";
	const age = value && value !== "auto" ? 31536000 : 0;
	document.cookie = `${name}=${value}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`;
	if (age) root.dataset[name] = value; else delete root.dataset[name];
	look_show();
}

function look_show() {
	for (const b of all("button[data-theme]")) b.setAttribute("aria-pressed", String((root.dataset.theme || "auto") === b.dataset.theme));
	for (const b of all("button[data-density]")) b.setAttribute("aria-pressed", String(root.dataset.density === b.dataset.density));
}

/* ---- lists: j and k move the focus over each row's first link, so Enter opens without us ---- */

function list_rows() {
	const near = document.activeElement?.closest("[data-list]");
	const lists = near && near.closest(".desk") ? all("[data-list]", near.closest(".desk")) : near ? [near] : all("[data-list]");
	return lists.flatMap((l) => all(":scope > li, :scope > tbody > tr", l)).filter(shown);
}

const row_link = (row) => one(".title a, a", row);

function list_move(step) {
	const rows = list_rows();
	const here = rows.findIndex((r) => r.contains(document.activeElement));
	const next = rows[here < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, here + step))];
	if (!next) return false;
	row_link(next)?.focus({ preventScroll: true });
	next.scrollIntoView({ block: "nearest" });
	return true;
}

function row_here() {
	const at = document.activeElement;
	return at?.closest("[data-list]") ? at.closest("li, tbody tr") : null;
}

/* ---- keys ---- */

let went = 0; /* when g was pressed */

function key_one(key) {
	const row = row_here();
	switch (key) {
	case "j": return list_move(1);
	case "k": return list_move(-1);
	case "o": if (row) row_link(row)?.click(); return Boolean(row);
	case "x": { const box = row && one('input[type="checkbox"]', row); box?.click(); return Boolean(box); }
	case "/": { const field = one("[data-find]"); field?.focus(); field?.select(); return Boolean(field); }
	case "?": return dialog_open("#keys");
	case "g": went = Date.now(); return true;
	}
	const target = all("[data-key]:not(option)").find((e) => e.dataset.key === key && shown(e) && !e.disabled && e.getAttribute("aria-disabled") !== "true");
	if (!target) return false;
	target.focus();
	target.click();
	return true;
}

function key_down(event) {
	const at = event.target;
	if (event.isComposing || event.keyCode === 229) {
		if (event.key === "Enter" && at.matches("input")) event.preventDefault(); /* it confirms a conversion, it must not send the form */
		return;
	}
	if (event.defaultPrevented) return;
	if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
		if (dialog_open("#command")) event.preventDefault();
		return;
	}
	if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && at.form) {
		event.preventDefault();
		at.form.requestSubmit();
		return;
	}
	if (root.dataset.keys === "off" || event.ctrlKey || event.metaKey || event.altKey || one("dialog[open]")) return;
	if (at.closest("[data-impact]") && impact_key(event)) return;
	const typing = at.isContentEditable || at.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=submit], [type=button])");
	if (typing) {
		if (event.key === "Escape") at.blur();
		return;
	}
	if (event.key === "Escape") { for (const d of all("details.menu[open]")) d.open = false; return; }
	if (went && Date.now() - went < 1500) {
		went = 0;
		const link = all("[data-go]").find((e) => e.dataset.go === event.key);
		if (link) { event.preventDefault(); link.click(); }
		return;
	}
	if (event.key.length === 1 && key_one(event.key)) event.preventDefault();
}

/* ---- dialogs and the command box ---- */

/* The keys of this page: whatever says data-key and can be pressed now. */
function keys_here(box) {
	const list = one("[data-keys-here]", box);
	if (!list) return;
	const rows = all("[data-key]:not(option)").filter((e) => e.dataset.key && shown(e)).map((e) => {
		const row = document.createElement("div"), dt = document.createElement("dt"), dd = document.createElement("dd"), key = document.createElement("kbd");
		key.textContent = e.dataset.key;
		dt.append(key);
		dd.textContent = e.getAttribute("aria-label") || [...e.childNodes].filter((n) => n.nodeName !== "KBD").map((n) => n.textContent).join("").trim();
		row.append(dt, dd);
		return row;
	});
	list.replaceChildren(...rows);
	if (list.previousElementSibling) list.previousElementSibling.hidden = !rows.length;
}

function dialog_open(id) {
	const box = one(id);
	if (!(box instanceof HTMLDialogElement)) return false;
	keys_here(box);
	if (!box.open) box.showModal();
	one("input", box)?.select();
	one("input", box)?.dispatchEvent(new Event("input"));
	return true;
}

/* GET data-command?q= answers [{label, href, hint, kind}]. Only addresses of this site are followed. */
function command_start(box) {
	const field = one("input", box), list = one("[role=listbox]", box);
	let wait = 0, turn = 0;
	const rows = () => all("[role=option]", list);
	const choose = (n) => {
		const every = rows();
		every.forEach((r, i) => r.setAttribute("aria-selected", String(i === n)));
		if (every[n]) { field.setAttribute("aria-activedescendant", every[n].id); every[n].scrollIntoView({ block: "nearest" }); }
		else field.removeAttribute("aria-activedescendant");
	};
	const show = (found) => {
		list.replaceChildren(...found.map(({ label, href, hint, kind }, i) => {
			const link = document.createElement("a");
			link.id = `${list.id}-${i}`;
			link.setAttribute("role", "option");
			link.tabIndex = -1;
			link.href = href;
			const name = document.createElement("span");
			name.textContent = label;
			link.append(name);
			if (kind) {
				const chip = document.createElement("span");
				chip.className = "chip";
				chip.textContent = kind;
				name.prepend(chip, " ");
			}
			if (hint) {
				const small = document.createElement("small");
				small.className = "soft";
				small.textContent = hint;
				link.append(small);
			}
			return link;
		}));
		choose(0);
	};
	const search = async () => {
		const mine = ++turn;
		const answer = await ask(`${box.dataset.command}?q=${encodeURIComponent(field.value)}`, { headers: { Accept: "application/json" } });
		const found = answer ? await answer.json().catch(() => null) : null;
		if (mine !== turn || !Array.isArray(found)) return;
		show(found.filter((f) => f && typeof f.label === "string" && new URL(f.href, location.href).origin === location.origin));
	};
	field.addEventListener("input", (event) => {
		clearTimeout(wait);
		if (!event.isComposing) wait = setTimeout(search, 120);
	});
	list.addEventListener("click", (event) => { if (event.target.closest("a")) box.close(); });
	field.addEventListener("compositionend", () => { clearTimeout(wait); wait = setTimeout(search, 120); });
	field.addEventListener("keydown", (event) => {
		if (event.isComposing || event.keyCode === 229) return;
		const every = rows(), here = every.findIndex((r) => r.getAttribute("aria-selected") === "true");
		if (event.key === "ArrowDown") choose(Math.min(every.length - 1, here + 1));
		else if (event.key === "ArrowUp") choose(Math.max(0, here - 1));
		else if (event.key === "Enter") (every[here] || every[0])?.click();
		else if (event.key === "Escape") box.close();
		else return;
		event.preventDefault();
	});
}

/* ---- impact sheet: arrows move, letters set, Shift and arrows mark a range that a letter sets at once ---- */

let corner = null; /* where the marked range began */

const cell_of = (el) => el.closest("td");

function cell_set(cell, value) {
	const field = cell && one("select", cell);
	if (!field || field.disabled || field.value === value) return;
	field.value = value;
	field.dispatchEvent(new Event("change", { bubbles: true }));
}

function impact_range(table, from, to) {
	const between = (n, a, b) => n >= Math.min(a, b) && n <= Math.max(a, b);
	const [r1, r2] = [from.parentElement.rowIndex, to.parentElement.rowIndex];
	return all("tbody td", table).filter((c) => between(c.parentElement.rowIndex, r1, r2) && between(c.cellIndex, from.cellIndex, to.cellIndex));
}

function impact_mark(table, cells) {
	for (const c of all(".is-marked", table)) c.classList.remove("is-marked");
	for (const c of cells) c.classList.add("is-marked");
}

function impact_key(event) {
	const cell = cell_of(event.target), table = event.target.closest("table");
	if (!cell || !event.target.matches("select")) return false;
	const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
	if (step) {
		event.preventDefault();
		let row = cell.parentElement.rowIndex + step[0], column = cell.cellIndex + step[1], next = null;
		while (!next && table.rows[row]?.cells[column]) {
			next = one("select:enabled", table.rows[row].cells[column]);
			row += step[0];
			column += step[1];
		}
		if (!next) return true;
		next.focus();
		corner = event.shiftKey ? corner || cell : null;
		impact_mark(table, corner ? impact_range(table, corner, cell_of(next)) : []);
		return true;
	}
	if (event.key === "Escape") { corner = null; impact_mark(table, []); return true; }
	const option = all("option", event.target).find((o) => o.dataset.key === event.key);
	if (!option) return false;
	event.preventDefault();
	const marked = all(".is-marked", table);
	for (const c of marked.length ? marked : [cell]) cell_set(c, option.value);
	return true;
}

function impact_changed(field) {
	const cell = cell_of(field);
	if (!cell) return;
	cell.dataset.state = field.value;
	cell.classList.toggle("is-changed", !one("option:checked", field)?.defaultSelected);
}

/* ---- scores: GET data-score-url?vector= answers {score, severity, word, vector} ---- */

/* What was typed counts, as on the server; else what is chosen, once all of it is. */
function score_vector(form) {
	const parts = [form.dataset.vector];
	for (const f of all("input:checked, select", form)) {
		if (/^[A-Z]{1,4}$/.test(f.name) && f.value && f.value !== "X") parts.push(`${f.name}:${f.value}`);
	}
	return one("[name=vector]", form)?.value.trim() || parts.join("/");
}

function score_whole(form) {
	const radios = all("input[type=radio]", form);
	return one("[name=vector]", form)?.value.trim() || radios.every(r => radios.some(o => o.name === r.name && o.checked));
}

async function score_ask(form) {
	const mine = form.score_turn = (form.score_turn || 0) + 1;
	const vector = score_vector(form);
	const text = one("[data-score-vector]", form), badge = one("[data-score]", form);
	if (text) text.textContent = vector;
	badge?.setAttribute("aria-busy", "true");
	const answer = score_whole(form) && await ask(`${form.dataset.scoreUrl}?vector=${encodeURIComponent(vector)}`, { headers: { Accept: "application/json" } });
	const got = answer ? await answer.json().catch(() => null) : null;
	if (mine !== form.score_turn || !badge) return;
	badge.removeAttribute("aria-busy");
	badge.classList.remove("critical", "high", "medium", "low", "none");
	if (got && /^[a-z]+$/.test(got.severity)) badge.classList.add(got.severity);
	one("[data-score-number]", badge).textContent = got?.score ?? "–"; /* could not ask is never drawn as zero */
	one("[data-score-word]", badge).textContent = got?.word ?? "";
	if (text && got?.vector) text.textContent = got.vector;
}

/* ---- forms: drafts to the server, guard, double submit ---- */

const changed = new Set(); /* forms with text that no server has */

function draft_note(form, name, trouble) {
	const note = one("[data-draft-note]", form);
	if (!note) return;
	const now = new Date().toLocaleTimeString(root.lang || undefined, { hour: "2-digit", minute: "2-digit" });
	if (name === "saved") form.draft_saved = now;
	note.textContent = fill(note.dataset[name], name === "failed" ? form.draft_saved || form.draft_opened : now);
	note.classList.toggle("trouble", trouble);
}

async function draft_save(form) {
	if (!changed.has(form) || form.draft_busy || form.draft_left) return;
	form.draft_busy = true;
	changed.delete(form);
	const typed = new FormData(form), csrf = typed.get("_csrf") || "";
	for (const [name, value] of [...typed]) if (value instanceof File || name.startsWith("_") || name === "next" || name === "form") typed.delete(name);
	const kept = await ask(form.dataset.draft, { method: "POST", body: new URLSearchParams({ _csrf: csrf, form: form.dataset.place, body: String(new URLSearchParams(typed)) }) });
	form.draft_busy = false;
	if (form.draft_left) return;
	if (!kept) changed.add(form);
	if (kept && changed.has(form)) return; /* typed on meanwhile: the next turn saves it */
	draft_note(form, kept ? "saved" : "failed", !kept);
	if (kept) check_ask(form);
}

function draft_start(form) {
	form.draft_opened = new Date().toLocaleTimeString(root.lang || undefined, { hour: "2-digit", minute: "2-digit" });
	setInterval(() => draft_save(form), 5000);
}

/* ---- what is wrong with what is typed, at its field: GET data-check answers {findings: [{field, class, weight, text}],
   preview: {markup}} of the draft that was just kept. The focus stays where it is; what is new is said once, by the live region. ---- */

const CHECK_PAUSE = 900; /* ms without a key */

function remarks_show(field, found) {
	const id = `${field.id}-remarks`;
	let list = document.getElementById(id);
	const words = found.map((f) => `${f.weight}: ${f.text}`);
	const before = list ? all("li", list).map((li) => li.textContent) : [];
	if (words.join("\n") === before.join("\n")) return [];
	if (!list && words.length) {
		list = document.createElement("ul");
		list.className = "remarks";
		list.id = id;
		list.lang = root.lang;
		field.after(list);
	}
	list.replaceChildren(...found.map((f, i) => {
		const li = document.createElement("li");
		li.className = f.class === "error" ? "error" : "hint";
		li.textContent = words[i];
		return li;
	}));
	if (!words.length) list.remove();
	const about = new Set((field.getAttribute("aria-describedby") || "").split(/\s+/).filter(Boolean));
	if (words.length) about.add(id); else about.delete(id);
	field.setAttribute("aria-describedby", [...about].join(" "));
	if (found.some((f) => f.class === "error")) field.setAttribute("aria-invalid", "true"); else field.removeAttribute("aria-invalid");
	return words.filter((w) => !before.includes(w));
}

/* ---- the preview follows: only what differs is touched, so nothing flickers, scrolls away, closes or is read aloud ---- */

const alike = (a, b) => a.nodeName === b.nodeName && a.className === b.className;

function morph(here, want) {
	if (here.nodeType !== Node.ELEMENT_NODE) { if (here.data !== want.data) here.data = want.data; return; }
	for (const { name } of [...here.attributes]) if (name !== "open" && !want.hasAttribute(name)) here.removeAttribute(name);
	for (const { name, value } of want.attributes) if (name !== "open" && here.getAttribute(name) !== value) here.setAttribute(name, value);
	morph_within(here, want);
}

function morph_within(here, want) {
	const old = [...here.childNodes], now = [...want.childNodes], same = (a, b) => a && b && a.isEqualNode(b);
	let from = 0, end = 0, k = 0; /* what is the same at both ends stays */
	while (same(old[from], now[from])) from++;
	while (end < Math.min(old.length, now.length) - from && same(old[old.length - 1 - end], now[now.length - 1 - end])) end++;
	const was = old.slice(from, old.length - end), after = old[old.length - end] || null;
	for (const node of now.slice(from, now.length - end)) {
		const at = was.findIndex((o, i) => i >= k && alike(o, node));
		if (at < 0) { here.insertBefore(document.importNode(node, true), was[k] || after); continue; }
		for (; k < at; k++) was[k].remove();
		morph(was[k++], node);
	}
	for (; k < was.length; k++) was[k].remove();
}

function preview_show(got) {
	const pane = one("[data-preview]");
	if (!pane || typeof got?.markup !== "string") return;
	morph_within(pane, new DOMParser().parseFromString(got.markup, "text/html").body);
}

async function check_ask(form) {
	const box = one("[data-check]", form);
	if (!box) return;
	const mine = form.check_turn = (form.check_turn || 0) + 1;
	const answer = await ask(box.dataset.check, { headers: { Accept: "application/json" } });
	const got = answer ? await answer.json().catch(() => null) : null;
	if (mine !== form.check_turn || form.draft_left || !Array.isArray(got?.findings)) return;
	const fresh = [...form.elements].filter((e) => e.id && e.name && !e.name.startsWith("_"))
		.flatMap((e) => remarks_show(e, got.findings.filter((f) => f.field === e.name)));
	const errors = got.findings.filter((f) => f.class === "error").length;
	const said = [errors ? fill(box.dataset.some, errors) : box.dataset.none, ...fresh.slice(0, 3)].join(" · ");
	if (box.textContent !== said) box.textContent = said;
	preview_show(got.preview);
}

function check_soon(form) {
	clearTimeout(form.check_wait);
	if (one("[data-check]", form)) form.check_wait = setTimeout(() => draft_save(form), CHECK_PAUSE);
}

function form_changed(event) {
	const form = event.target.form;
	if (!form || form.method === "get" || form.method === "dialog") return;
	if (form.matches("[data-draft], [data-guard]")) {
		if (!changed.has(form) && form.dataset.draft) draft_note(form, "unsaved", false);
		changed.add(form);
		if (form.dataset.draft) check_soon(form);
	}
	if (form.dataset.scoreUrl && event.type === "change") score_ask(form);
	if (event.target.matches("[data-impact] select")) impact_changed(event.target);
}

function form_sent(event) {
	const form = event.target;
	if (event.defaultPrevented) return;
	changed.delete(form);
	form.draft_left = true;
	if (!form.matches("[data-once]")) return;
	const doors = [...form.elements].filter((e) => e.type === "submit" && !e.disabled);
	setTimeout(() => { for (const d of doors) { d.disabled = true; d.dataset.held = ""; } }); /* after the pressed button was sent along */
}

/* ---- copying, presses ---- */

async function copy(button) {
	const from = one(button.dataset.copy);
	const text = (from?.value ?? from?.textContent ?? "").trim();
	try {
		await navigator.clipboard.writeText(text);
		button.copy_label ??= button.textContent;
		button.textContent = button.dataset.done || button.copy_label;
		setTimeout(() => { button.textContent = button.copy_label; }, 3000);
	} catch {
		getSelection().selectAllChildren(from); /* the person can copy it by hand */
	}
}

/* A link to another view of this page: what was typed is kept first, so that it is there, and nothing is asked. */
async function kept_follow(link) {
	for (const form of [...changed]) if (form.dataset.draft) await draft_save(form);
	location.assign(link.href);
}

function pressed(event) {
	for (const d of all("details.menu[open]")) if (!d.contains(event.target)) d.open = false;
	const link = event.target.closest("[data-kept] a");
	if (link && changed.size && !(event.ctrlKey || event.metaKey || event.shiftKey)) { event.preventDefault(); kept_follow(link); return; }
	const button = event.target.closest("button");
	if (!button) return;
	const { open, copy: from, theme, density } = button.dataset;
	if (open && dialog_open(open)) event.preventDefault();
	else if (from) copy(button);
	else if (theme) { event.preventDefault(); look_set("theme", theme); }
	else if (density) { event.preventDefault(); look_set("density", root.dataset.density === density ? "auto" : density); }
}

/* ---- back: panes scroll where they were; only numbers are kept, in this tab's history entry ---- */

function scroll_keep() {
	const panes = all("[data-scroll]").map((p) => p.scrollTop);
	history.replaceState({ ...history.state, top: scrollY, panes }, "");
}

function scroll_back(event) {
	for (const b of all("[data-held]")) { b.disabled = false; delete b.dataset.held; }
	for (const f of document.forms) f.draft_left = false;
	if (event.persisted || location.hash) return;
	const kept = history.state;
	if (!kept?.panes || performance.getEntriesByType("navigation")[0]?.type !== "back_forward") return;
	all("[data-scroll]").forEach((p, i) => { p.scrollTop = kept.panes[i] || 0; });
	scrollTo(0, kept.top || 0);
}

document.addEventListener("keydown", key_down);
document.addEventListener("click", pressed);
document.addEventListener("input", form_changed);
document.addEventListener("change", form_changed);
document.addEventListener("submit", form_sent);
addEventListener("beforeunload", (event) => { if (changed.size) event.preventDefault(); });
addEventListener("pagehide", scroll_keep);
addEventListener("pageshow", scroll_back);
all("[data-command]").forEach(command_start);
all("form[data-draft]").forEach(draft_start);
look_show();
one(".errors[tabindex]")?.focus();
