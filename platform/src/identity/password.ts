/** Long enough for our minimum, and among the first that anybody tries. */
const COMMON = [
  'password',
  'passw0rd',
  'qwertyuiop',
  'qwerty',
  'asdfghjkl',
  '1qaz2wsx',
  '1q2w3e4r',
  'zaq12wsx',
  'iloveyou',
  'administrator',
  'admin',
  'welcome',
  'letmein',
  'changeme',
  'woaini',
  'zaizao',
  'zhangsan',
];

/** Is a password among those guessed first? `about` is what everybody knows: the e-mail address. */
export function isWeak(password: string, about: string): boolean {
  if (password.length < 10) return true;
  const plain = password.toLowerCase();
  const letters = plain.replace(/[^a-z]/g, '');
  const local = about.toLowerCase().split('@')[0] ?? '';
  if (local.length >= 4 && plain.includes(local)) return true;
  if (new Set(plain).size < 5) return true;
  if (isRun(plain)) return true;
  // A common word, whatever digits and marks stand round it.
  return COMMON.some((word) => {
    const bare = word.replace(/[^a-z]/g, '');
    return plain === word || letters === bare || plain.replace(/[^a-z0-9]/g, '') === word;
  });
}

/** `1234567890`, `abcdefghij`, backwards too, wrapping from 9 to 0. */
function isRun(s: string): boolean {
  const steps = Array.from(
    { length: s.length - 1 },
    (_, i) => s.charCodeAt(i + 1) - s.charCodeAt(i),
  );
  const like = (step: number) => steps.filter((x) => x === step).length >= s.length - 2;
  return like(1) || like(-1);
}
