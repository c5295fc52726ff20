-- owner: services/2-discovery/3-components
-- Folded text spells loanwords one way (platform/text/fold.h): what was folded before is respelled.

UPDATE notice SET words = replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(words, 'ゔぁ', 'ば'), 'ゔぃ', 'び'), 'ゔぅ', 'ぶ'), 'ゔぇ', 'べ'), 'ゔぉ', 'ぼ'), 'ゔゅ', 'びゅ'), 'ゔ', 'ぶ'), 'ぁ', 'あ'), 'ぃ', 'い'), 'ぅ', 'う'), 'ぇ', 'え'), 'ぉ', 'お'), 'ゕ', 'か'), 'ゖ', 'け')
WHERE words LIKE '%ゔ%' OR words LIKE '%ぁ%' OR words LIKE '%ぃ%' OR words LIKE '%ぅ%' OR words LIKE '%ぇ%' OR words LIKE '%ぉ%' OR words LIKE '%ゕ%' OR words LIKE '%ゖ%';
UPDATE component SET name_key = replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(name_key, 'ゔぁ', 'ば'), 'ゔぃ', 'び'), 'ゔぅ', 'ぶ'), 'ゔぇ', 'べ'), 'ゔぉ', 'ぼ'), 'ゔゅ', 'びゅ'), 'ゔ', 'ぶ'), 'ぁ', 'あ'), 'ぃ', 'い'), 'ぅ', 'う'), 'ぇ', 'え'), 'ぉ', 'お'), 'ゕ', 'か'), 'ゖ', 'け')
WHERE name_key LIKE '%ゔ%' OR name_key LIKE '%ぁ%' OR name_key LIKE '%ぃ%' OR name_key LIKE '%ぅ%' OR name_key LIKE '%ぇ%' OR name_key LIKE '%ぉ%' OR name_key LIKE '%ゕ%' OR name_key LIKE '%ゖ%';
UPDATE notice_product SET name_key = replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(name_key, 'ゔぁ', 'ば'), 'ゔぃ', 'び'), 'ゔぅ', 'ぶ'), 'ゔぇ', 'べ'), 'ゔぉ', 'ぼ'), 'ゔゅ', 'びゅ'), 'ゔ', 'ぶ'), 'ぁ', 'あ'), 'ぃ', 'い'), 'ぅ', 'う'), 'ぇ', 'え'), 'ぉ', 'お'), 'ゕ', 'か'), 'ゖ', 'け')
WHERE name_key LIKE '%ゔ%' OR name_key LIKE '%ぁ%' OR name_key LIKE '%ぃ%' OR name_key LIKE '%ぅ%' OR name_key LIKE '%ぇ%' OR name_key LIKE '%ぉ%' OR name_key LIKE '%ゕ%' OR name_key LIKE '%ゖ%';
