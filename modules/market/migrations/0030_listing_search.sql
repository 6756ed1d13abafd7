-- Listings made before numbers were also kept bare are found however a number is typed.
update market.listing
set search = search || ' ' || lower(regexp_replace(array_to_string(numbers, ' '), '[-‐‑–—_.·/\\]', '', 'g'));
