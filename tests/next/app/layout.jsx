import { ConnectifLayout } from "../connectif/ConnectifLayout";

export const metadata = { title: "Shop" };

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>
        <ConnectifLayout>
          <div id="shop">{children}</div>
        </ConnectifLayout>
      </body>
    </html>
  );
}
