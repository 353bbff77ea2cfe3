import { Alert, App, Button, Drawer } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type EventSchema,
  type SchemaBody,
  useChangeSchema,
  useEventSchema,
  useForgetSchema,
  useTrySchema,
} from "../../api/events";
import { useCan } from "../../app/session";
import { BlockSkeleton } from "../../parts/skeletons";
import { ErrorState, useProblemWords } from "../../parts/states";
import styles from "./events.module.css";
import { SchemaFields } from "./SchemaFields";

/** An event's schema: what was seen, what is decided, and what a decision would do. */
export function SchemaDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const found = useEventSchema(id);
  if (found.data) return <Deciding key={id} schema={found.data} onClose={onClose} />;
  return (
    <Drawer open onClose={onClose} title={t("events.tab.schemas")} size={520}>
      {found.error ? (
        <ErrorState error={found.error} onRetry={() => found.refetch()} />
      ) : (
        <BlockSkeleton lines={8} />
      )}
    </Drawer>
  );
}

/** What is decided; where nothing is yet, what all that was seen would fit. */
function startOf({ mode, properties, inferred, others }: EventSchema): SchemaBody {
  const decided = Object.keys(properties).length > 0 || mode === "enforced";
  return { mode, properties: decided ? properties : inferred, others };
}

function Deciding({ schema, onClose }: { schema: EventSchema; onClose: () => void }) {
  const { t } = useTranslation();
  const can = useCan();
  const { modal, message } = App.useApp();
  const words = useProblemWords();
  const [body, setBody] = useState(() => startOf(schema));
  const trial = useTrySchema(schema.id);
  const change = useChangeSchema(schema.id);
  const forget = useForgetSchema(schema.id);
  const failed = (error: unknown) => void message.error(words(error).detail);
  const done = (text: string) => () => {
    message.success(text);
    onClose();
  };
  const save = () => change.mutate(body, { onSuccess: done(t("events.saved")), onError: failed });
  const askForget = () =>
    modal.confirm({
      title: t("events.forgetAsk", { name: schema.name || t(`events.types.${schema.type}`) }),
      content: t("events.forgetHint"),
      okText: t("events.forget"),
      okButtonProps: { danger: true },
      onOk: () => forget.mutateAsync().then(done(t("events.forgotten")), failed),
    });
  const footer = can("events.write") && (
    <div className="spread">
      <Button type="text" danger onClick={askForget}>
        {t("events.forget")}
      </Button>
      <span className="cluster">
        <Button loading={trial.isPending} onClick={() => trial.mutate(body, { onError: failed })}>
          {t("events.try")}
        </Button>
        <Button type="primary" loading={change.isPending} onClick={save}>
          {t("action.save")}
        </Button>
      </span>
    </div>
  );
  return (
    <Drawer
      open
      onClose={onClose}
      title={schema.name || t(`events.types.${schema.type}`)}
      size={560}
      {...(footer && { footer })}
    >
      <div className={styles.stack}>
        {trial.data && (
          <Alert
            type={trial.data.refused ? "warning" : "success"}
            showIcon
            title={t(trial.data.refused ? "events.wouldRefuse" : "events.allFit", {
              count: trial.data.tried,
              refused: trial.data.refused,
            })}
            description={Object.entries(trial.data.by_property)
              .map(([name, times]) => `${name || t("events.notNamed")} × ${times}`)
              .join(" · ")}
          />
        )}
        <SchemaFields
          schema={schema}
          body={body}
          may={can("events.write")}
          onChange={(next) => {
            setBody(next);
            trial.reset();
          }}
        />
      </div>
    </Drawer>
  );
}
