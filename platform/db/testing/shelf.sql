-- name: shelf_add(id shelf_id, label str, opened time, public bool) :exec
INSERT INTO shelf (id, label, opened, public) VALUES (:id, :label, :opened, :public);

-- name: shelf_get(id shelf_id) :one
-- type: books int
SELECT s.id, s.label, s.opened, s.public,
	(SELECT count(*) FROM see_book b WHERE b.shelf = s.id) AS books
FROM shelf s WHERE s.id = :id;

-- name: shelf_find(label str) :maybe
SELECT id FROM shelf WHERE label = :label;

-- name: shelf_remove(id shelf_id) :count
DELETE FROM shelf WHERE id = :id;

-- name: book_add(id book_id, shelf shelf_id, title str, owner str, pages int, weight real, cover blob, printed time) :exec
INSERT INTO book (id, shelf, title, owner, pages, weight, cover, printed)
VALUES (:id, :shelf, :title, :owner, :pages, :weight, :cover, :printed);

-- name: book_get(id book_id) :one
-- ahead
-- type: heavy bool
SELECT id, shelf, title, owner, pages, weight, cover, printed, weight > 2.5 AS heavy FROM see_book WHERE id = :id;

-- name: book_rename(id book_id, title str) :count
UPDATE book SET title = :title WHERE id = :id;

-- name: book_list(shelf shelf_id, owner str, since time, pages int) :many
-- ahead
-- max: 5
-- sort: title = b.title, b.id
-- sort: printed = b.printed DESC NULLS LAST, b.id
SELECT b.id, b.title, b.pages
FROM see_book b
WHERE 1 = 1
	/*?shelf*/ AND b.shelf = :shelf
	/*?owner*/ AND b.owner = :owner
	/*?since*/ AND b.printed >= :since
	/*?pages*/ AND b.pages > :pages
ORDER BY @sort;

-- name: book_each() :each
SELECT id, title FROM see_book ORDER BY id;

-- name: word_add(book book_id, part int) :one
INSERT INTO word (book, part) VALUES (:book, :part) RETURNING seq;

-- name: word_match(query str) :many
SELECT b.id, w.part FROM word w JOIN see_book b ON b.id = w.book
WHERE @match(w, :query) ORDER BY w.seq;

-- name: word_match_new(query str, last int, most int) :many
SELECT b.id, w.part FROM word w JOIN see_book b ON b.id = w.book
WHERE @match(w, :query, :last, :most) ORDER BY w.seq;

-- name: book_grow(id book_id) :count
UPDATE book SET pages = pages + 1 WHERE id = :id;
