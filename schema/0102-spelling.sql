-- owner: services/5-disclosure/3-publication
-- Folded text spells loanwords one way (platform/text/fold.h): what was folded before is respelled.

INSERT INTO mention (number, kind, word)
SELECT m.number, m.kind, replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(m.word, 'ゔぁ', 'ば'), 'ゔぃ', 'び'), 'ゔぅ', 'ぶ'), 'ゔぇ', 'べ'), 'ゔぉ', 'ぼ'), 'ゔゅ', 'びゅ'), 'ゔ', 'ぶ'), 'ぁ', 'あ'), 'ぃ', 'い'), 'ぅ', 'う'), 'ぇ', 'え'), 'ぉ', 'お'), 'ゕ', 'か'), 'ゖ', 'け')
FROM mention m WHERE m.kind = 'product' AND (m.word LIKE '%ゔ%' OR m.word LIKE '%ぁ%' OR m.word LIKE '%ぃ%' OR m.word LIKE '%ぅ%' OR m.word LIKE '%ぇ%' OR m.word LIKE '%ぉ%' OR m.word LIKE '%ゕ%' OR m.word LIKE '%ゖ%')
ON CONFLICT (number, kind, word) DO NOTHING;
DELETE FROM mention WHERE kind = 'product' AND (word LIKE '%ゔ%' OR word LIKE '%ぁ%' OR word LIKE '%ぃ%' OR word LIKE '%ぅ%' OR word LIKE '%ぇ%' OR word LIKE '%ぉ%' OR word LIKE '%ゕ%' OR word LIKE '%ゖ%');
