import {
  Button,
  EmptyState,
  type IconName,
  LinkButton,
  PermissionGate,
  Row,
  useTexts,
} from '@zaizao/platform/ui';
import type { ReactNode } from 'react';
import { perm } from '../contract.ts';

/** A key that changes what is said of a part, for those who may. */
export function PartKey(props: {
  icon?: 'settings' | 'plus';
  onPress: () => void;
  children: ReactNode;
}) {
  return (
    <PermissionGate access={perm('catalog.part:edit')}>
      <Button icon={props.icon ?? 'settings'} onClick={props.onPress}>
        {props.children}
      </Button>
    </PermissionGate>
  );
}

/** Stands where a document of a part was never written: write it here, or bring it by Excel. */
export function NotWritten(props: {
  icon: IconName;
  title: string;
  edit: ReactNode;
  children: ReactNode;
}) {
  const t = useTexts('catalog');
  return (
    <EmptyState
      icon={props.icon}
      title={props.title}
      action={
        <Row>
          {props.edit}
          <LinkButton to="/office/catalogue/imports">{t('imports.title')}</LinkButton>
        </Row>
      }
    >
      {props.children}
    </EmptyState>
  );
}
