import { listRoles } from '../../identity/contract.ts';
import { useRead } from '../client/hooks.ts';
import { useSay } from '../i18n/language.ts';
import { Stack } from '../parts/layout.tsx';
import { Reading } from '../parts/state.tsx';

/** The roles that the person here may give, as boxes. */
export function RolesField(props: {
  label: string;
  value: readonly string[] | undefined;
  onChange: (roles: string[]) => void;
  error?: string | undefined;
}) {
  const say = useSay();
  const roles = useRead(listRoles, {});
  const value = props.value ?? [];
  return (
    <fieldset className="z-field">
      <legend>{props.label}</legend>
      <Reading of={roles}>
        {({ items }) => (
          <Stack gap={6}>
            {items.map((r) => (
              <label key={r.role} className="z-menu-item">
                <input
                  type="checkbox"
                  checked={value.includes(r.role)}
                  disabled={!r.grantable}
                  onChange={(e) =>
                    props.onChange(
                      e.target.checked ? [...value, r.role] : value.filter((v) => v !== r.role),
                    )
                  }
                />
                {say(r.title)}
              </label>
            ))}
          </Stack>
        )}
      </Reading>
      {props.error ? (
        <p className="z-field-error" role="alert">
          {props.error}
        </p>
      ) : null}
    </fieldset>
  );
}

/** The titles of some roles in the reader's language. */
export function useRoleTitles(): (roles: readonly string[]) => string {
  const say = useSay();
  const { data } = useRead(listRoles, {});
  return (roles) =>
    roles
      .map((r) => {
        const known = data?.items.find((i) => i.role === r);
        return known ? say(known.title) : r;
      })
      .join(' · ');
}
