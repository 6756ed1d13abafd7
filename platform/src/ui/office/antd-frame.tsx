import { theme as antd, ConfigProvider } from 'antd';
import enGB from 'antd/es/locale/en_GB.js';
import zhCN from 'antd/es/locale/zh_CN.js';
import type { ReactNode } from 'react';
import { useLang } from '../i18n/language.ts';
import { useTheme } from '../theme.ts';

// antd types its ES files as CommonJS; under the bundler their default is the locale itself
type Locale = NonNullable<Parameters<typeof ConfigProvider>[0]['locale']>;

const light = {
  colorPrimary: '#0B6E4F',
  colorWarning: '#B45309',
  colorError: '#C4281C',
  colorInfo: '#2F5D8A',
};
const dark = {
  colorPrimary: '#3DB489',
  colorWarning: '#F0B04A',
  colorError: '#FF7B6E',
  colorInfo: '#7FB2E5',
};

/** Puts our tokens and language under the antd parts inside it. */
export function AntdFrame({ children }: { children: ReactNode }) {
  const lang = useLang();
  const isDark = useTheme() === 'dark';
  return (
    <ConfigProvider
      locale={(lang === 'zh' ? zhCN : enGB) as unknown as Locale}
      theme={{
        algorithm: isDark ? antd.darkAlgorithm : antd.defaultAlgorithm,
        token: {
          ...(isDark ? dark : light),
          borderRadius: 6,
          fontFamily: 'var(--z-font)',
          fontSize: 14,
          controlHeight: 36,
          ...(isDark
            ? { colorBgBase: '#171F25', colorTextBase: '#E6ECF1' }
            : { colorTextBase: '#17212B' }),
        },
      }}
    >
      {children}
    </ConfigProvider>
  );
}
