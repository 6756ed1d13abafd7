import { Button, TextField, useAddress, useTexts } from '@zaizao/platform/ui';
import { useState } from 'react';
import { Passport } from './passport.tsx';
import './passport.css';

/** A passport by any spelling of its identifier in the address, or a field to type it. */
export default function FindPassportPage() {
  const t = useTexts('passport');
  const [search, change] = useAddress();
  const [typed, setTyped] = useState('');
  if (search.epc) return <Passport epc={search.epc} />;
  return (
    <div className="z-passport">
      <h1>{t('find.title')}</h1>
      <form
        className="z-passport-find"
        onSubmit={(e) => {
          e.preventDefault();
          if (typed.trim() !== '') change({ epc: typed.trim() }, true);
        }}
      >
        <TextField
          label={t('find.label')}
          hint={t('find.hint')}
          value={typed}
          onChange={(value) => setTyped(value ?? '')}
        />
        <Button kind="primary" icon="search" submit>
          {t('find.go')}
        </Button>
      </form>
    </div>
  );
}
